import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A skip that a build accepts: `name` is a regular expression on the test's whole name. */
const allowedSkips = z.array(z.object({ name: z.string().min(1), reason: z.string().min(10) }));
export type AllowedSkips = z.infer<typeof allowedSkips>;

export function readAllowedSkips(): AllowedSkips {
  return allowedSkips.parse(JSON.parse(readFileSync(new URL('../allowed-skips.json', import.meta.url), 'utf8')));
}

/** The skipped tests that nobody gave a reason for. */
export function unexplainedSkips(skipped: readonly string[], allowed: AllowedSkips = readAllowedSkips()): string[] {
  const patterns = allowed.map(({ name }) => new RegExp(name));
  return skipped.filter((name) => !patterns.some((pattern) => pattern.test(name)));
}
