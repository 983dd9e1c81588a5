import { readFileSync } from 'node:fs';
import { z } from 'zod';

const text = z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]);
const item = z.looseObject({ type: z.string().optional(), role: z.string().optional(), content: text.nullish() });
const line = z.looseObject({
  _ng_task_index: z.number(),
  agent_ref: z.looseObject({ name: z.string() }),
  reward: z.number(),
  expected_answer: z.string().optional(),
  responses_create_params: z.looseObject({ input: z.union([z.string(), z.array(item)]) }),
  response: z.looseObject({ output: z.array(item) }),
});

/** What exports are compared with, of one line of a generated file, read in the plainest way. */
export interface Attempt {
  readonly task: number;
  readonly agent: string;
  readonly reward: number;
  /** Last text of the user before the rollout began, and of the assistant. */
  readonly asked: string;
  readonly answered: string;
  /** What the verifier holds the answer against. */
  readonly expected: string | null;
}

export function readAttempts(file: string): Attempt[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((each) => each !== '')
    .map((each) => {
      const row = line.parse(JSON.parse(each));
      return {
        task: row._ng_task_index,
        agent: row.agent_ref.name,
        reward: row.reward,
        asked: lastOf(row.responses_create_params.input, 'user'),
        answered: lastOf(row.response.output, 'assistant'),
        expected: row.expected_answer ?? null,
      };
    });
}

function lastOf(items: string | readonly z.infer<typeof item>[], role: string): string {
  if (typeof items === 'string') return items;
  const content = items.findLast((each) => each.role === role)?.content ?? '';
  return typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('');
}

/** One list for each task. */
export function byTask(attempts: readonly Attempt[]): Attempt[][] {
  const tasks = new Map<number, Attempt[]>();
  for (const attempt of attempts) tasks.set(attempt.task, [...(tasks.get(attempt.task) ?? []), attempt]);
  return [...tasks.values()];
}

/** Tasks whose best and worst reward differ by at least `margin`: a best-worst pair each. */
export function divided(attempts: readonly Attempt[], margin: number): Attempt[][] {
  return byTask(attempts).filter((group) => best(group) - worst(group) >= margin);
}
export const best = (group: readonly Attempt[]): number => Math.max(...group.map(({ reward }) => reward));
export const worst = (group: readonly Attempt[]): number => Math.min(...group.map(({ reward }) => reward));
