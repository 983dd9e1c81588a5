import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { rolloutLine, writeFile } from './made-files.ts';

const lines = Array.from({ length: 40 }, (_, index) =>
  rolloutLine(`Answer ${index}`, {
    reward: (index % 10) / 9,
    agent_ref: { name: 'made' },
    _ng_task_index: Math.floor(index / 4),
    _ng_rollout_index: index % 4,
  }),
);
const markLine = z.looseObject({ key: z.looseObject({ hash: z.string() }), set: z.looseObject({}) });

/** A file of forty rollouts, four a task, whose rewards go from 0 to 1 by ninths. */
export function makeReviewed(folder: string): string {
  return writeFile(folder, 'review.jsonl', `${lines.join('\n')}\n`);
}

/** What names a line in a mark; beyond the file, a line that is not there. */
export function keyOf(line: number): object {
  const text = lines[line - 1] ?? 'not here';
  return {
    agent: 'made',
    task: String(Math.floor((line - 1) / 4)),
    rollout: (line - 1) % 4,
    hash: createHash('sha256').update(text).digest('hex'),
  };
}

/** Each line of the sidecar: whose mark, and what was set. */
export function marksBeside(file: string): { line: number; set: object }[] {
  const sidecar = `${file}.rollscope.jsonl`;
  if (!existsSync(sidecar)) return [];
  const hashes = lines.map((line) => createHash('sha256').update(line).digest('hex'));
  const written = readFileSync(sidecar, 'utf8').split('\n').filter(Boolean);
  return written.map((text) => {
    const { key, set } = markLine.parse(JSON.parse(text));
    return { line: hashes.indexOf(key.hash) + 1, set };
  });
}

/** Walks down to a line by keys. */
export async function select(page: Page, line: number): Promise<void> {
  await page.keyboard.press('Home');
  for (let at = 1; at < line; at++) await page.keyboard.press('j');
}
