import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plan } from '../bench/generate/generate.ts';
import { oddityNames } from '../bench/generate/oddities.ts';
import { writeFile as generate } from '../bench/generate/write.ts';

/** A small rollout whose answer is `text`. */
export function rolloutLine(text: string, changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    responses_create_params: { input: [{ role: 'user', content: 'Say something.' }] },
    response: {
      output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] }],
      status: 'completed',
    },
    reward: 1,
    agent_ref: { name: 'made_up' },
    ...changes,
  });
}

export function writeFile(folder: string, name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Rollouts as an environment might write them, small ones, a share of them odd; equal arguments give equal files. */
export function generatedFile(folder: string, rows: number, changes: Partial<Plan> = {}): string {
  const file = path.join(folder, `generated-${rows}.jsonl`);
  const plan: Plan = { seed: 1, size: 'small', rollouts: 8, checkpoint: 0, odd: 0.01, kinds: oddityNames, ...changes };
  generate(file, plan, { rows, crlf: false, bom: false, cutEnd: false });
  return file;
}
