import { readFileSync } from 'node:fs';
import { z } from 'zod';

const row = z.object({
  task: z.string(),
  agent: z.string(),
  reward: z.number().nullable(),
  tokens: z.number(),
  request: z.string(),
  answer: z.string(),
});
export type Attempt = z.infer<typeof row>;

const line = z.looseObject({
  _ng_task_index: z.number(),
  agent_ref: z.looseObject({ name: z.string() }),
  reward: z.number().nullish(),
  responses_create_params: z.looseObject({ input: z.unknown(), tools: z.unknown().optional() }),
  response: z.looseObject({ output: z.unknown(), usage: z.looseObject({ output_tokens: z.number() }) }),
});

/** What the tests make consequences of: the file, line by line. */
export function readAttempts(file: string): Attempt[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((text) => {
    const parsed = line.parse(JSON.parse(text));
    const { input, tools } = parsed.responses_create_params;
    return {
      task: `${parsed.agent_ref.name} ${parsed._ng_task_index}`,
      agent: parsed.agent_ref.name,
      reward: parsed.reward ?? null,
      tokens: parsed.response.usage.output_tokens,
      request: JSON.stringify([input, tools]),
      answer: JSON.stringify(parsed.response.output),
    };
  });
}

/** The figures of the rail, counted in the plainest way. */
export interface Figures {
  readonly Rollouts: number;
  readonly 'Tasks covered': number;
  readonly 'Output tokens': number;
  readonly 'Groups with signal': number;
  readonly 'Preference pairs': number;
  readonly 'All possible pairs': number;
  readonly 'KTO positives': number;
  readonly 'KTO negatives': number;
}

/** `mark` divides labels; with `across` only pairs whose better one reaches it and whose worse one does not count. */
export function figuresOf(
  kept: readonly Attempt[],
  { margin, mark, across = false }: { margin: number; mark: number; across?: boolean },
): Figures {
  const scored = kept.flatMap((attempt) => (attempt.reward === null ? [] : [{ ...attempt, reward: attempt.reward }]));
  const byTask = grouped(scored, ({ task }) => task);
  const rewards = [...byTask.values()].map((group) => group.map(({ reward }) => reward));
  let bestWorst = 0;
  let all = 0;
  for (const asked of grouped(scored, ({ task, request }) => `${task} ${request}`).values()) {
    const pairs = asked.flatMap((better) => asked.filter((worse) => isPair(better, worse)).map((worse) => ({ better, worse })));
    const counted = pairs.filter(({ better, worse }) => !across || (better.reward >= mark && worse.reward < mark));
    all += counted.length;
    const top = Math.max(...asked.map(({ reward }) => reward));
    const best = asked.find(({ reward }) => reward === top);
    if (counted.some(({ better }) => better === best)) bestWorst++;
  }

  function isPair(better: { reward: number; answer: string }, worse: { reward: number; answer: string }): boolean {
    return better.reward > worse.reward && better.reward - worse.reward >= margin && better.answer !== worse.answer;
  }

  return {
    Rollouts: kept.length,
    'Tasks covered': new Set(kept.map(({ task }) => task)).size,
    'Output tokens': kept.reduce((sum, { tokens }) => sum + tokens, 0),
    'Groups with signal': rewards.filter((values) => values.length > 1 && Math.max(...values) - Math.min(...values) > 1e-6).length,
    'Preference pairs': bestWorst,
    'All possible pairs': all,
    'KTO positives': scored.filter(({ reward }) => reward >= mark).length,
    'KTO negatives': scored.filter(({ reward }) => reward < mark).length,
  };
}

/** The share of each agent in percent with one decimal, most frequent before the draft first. */
export function sharesOf(before: readonly Attempt[], after: readonly Attempt[]): { agent: string; share: string }[] {
  const agents = [...grouped(before, ({ agent }) => agent)].sort((a, b) => b[1].length - a[1].length);
  return agents.map(([agent]) => {
    const left = after.filter((attempt) => attempt.agent === agent).length;
    return { agent, share: `${((100 * left) / after.length).toFixed(1)}%` };
  });
}

export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
