import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What the tests compare the app with: the file, read in the plainest way. */
const content = z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]);
const item = z.looseObject({ type: z.string().optional(), role: z.string().optional(), content: content.nullish() });
const rollout = z.looseObject({
  reward: z.number().nullish(),
  response: z.looseObject({ output: z.array(item) }).optional(),
});
export interface Line {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly reward: number | null;
  /** Texts of the assistant's messages. */
  readonly answers: readonly string[];
}

/** The rollouts of a file, and how many of its lines are none. */
export function readRollouts(file: string): { rollouts: Line[]; invalid: number } {
  const rollouts: Line[] = [];
  let invalid = 0;
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((text, index) => {
      if (text.trim() === '') return;
      const parsed = rollout.safeParse(jsonOrNull(text));
      if (parsed.success) rollouts.push({ line: index + 1, text, reward: parsed.data.reward ?? null, answers: answersOf(parsed.data) });
      else invalid++;
    });
  return { rollouts, invalid };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function answersOf({ response }: z.infer<typeof rollout>): string[] {
  const said = (response?.output ?? []).filter((each) => each.role === 'assistant');
  return said
    .map((each) => (typeof each.content === 'string' ? each.content : (each.content ?? []).map((part) => part.text ?? '').join('')))
    .filter((text) => text !== '');
}
