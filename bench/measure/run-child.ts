import { execFileSync } from 'node:child_process';
import { z } from 'zod';

const numbers = z.record(z.string(), z.number());
export type Numbers = z.infer<typeof numbers>;

/** Runs one measurement in a process of its own, so that its memory and its warm-up are its own. */
export function runChild(child: string, args: readonly string[]): Numbers {
  const stdout = execFileSync(process.execPath, ['--expose-gc', child, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return numbers.parse(JSON.parse(stdout));
}

/** The run with the least `seconds`; its memory is the largest of all. */
export function best(runs: readonly Numbers[]): Numbers {
  const [fastest = {}] = [...runs].sort((a, b) => (a['seconds'] ?? 0) - (b['seconds'] ?? 0));
  return { ...fastest, peakBytes: Math.max(...runs.map((each) => each['peakBytes'] ?? 0)) };
}
