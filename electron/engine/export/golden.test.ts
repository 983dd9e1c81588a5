import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { planExport } from './plan.ts';
import { runExport } from './run.ts';
import { targets } from './targets.ts';
import { memorySource, recipeOf, temporaryFolder } from './testing/source.ts';

const shared = path.resolve(import.meta.dirname, '../../../../shared');
const golden = path.join(shared, 'golden/conversations');
const present = existsSync(golden);

const reference = z.looseObject({
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown(), tool_calls: z.array(z.unknown()).nullish() })).optional(),
});
type Messages = NonNullable<z.infer<typeof reference>['messages']>;

/** What Gym cannot convert and we can: the last transition of each line ends with an answer. */
const ours: Readonly<Record<string, number>> = { 'aviary.example_rollouts.jsonl': 5 };

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** Counted from Gym's own conversations: is there something of the assistant left when what follows it is cut? */
function hasAnswer(messages: Messages): boolean {
  return messages.some(
    ({ role, content, tool_calls: calls }) => role === 'assistant' && ((content ?? '') !== '' || (calls ?? []).length > 0),
  );
}

/** Whether a part of a message is no text, which text trainers cannot take. */
function hasMedia(messages: Messages): boolean {
  return messages.some(({ content }) => Array.isArray(content) && content.some((part: { type?: unknown }) => part.type !== 'text'));
}

/** A real rollout as a task of its own, and a sibling that says more and is worth less. */
function withWorseSibling(line: string, task: number): string[] {
  const row = z.looseObject({ response: z.looseObject({ output: z.array(z.unknown()) }).optional() }).safeParse(tryJson(line)).data;
  if (!row?.response) return [line];
  const { response } = row;
  const output = [...response.output, { type: 'message', role: 'assistant', content: ' Or so.' }];
  const better = { ...row, _ng_task_index: task, reward: 1 };
  return [JSON.stringify(better), JSON.stringify({ ...better, reward: 0, response: { ...response, output } })];
}

function tryJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Answers of one text, rows with an agent, and those with an expected answer are fewer. */
const rowsAtLeast: Readonly<Record<string, number>> = {
  'nemo-rl/dpo': 80,
  'nemo-rl/grpo': 150,
  'nemo-rl/grpo-math': 60,
  'verl/gym': 100,
  'verl/rl': 80,
  'openrlhf/ppo': 80,
  'trl/grpo': 80,
};

function rolloutLines(name: string): string[] {
  const [server = '', ...file] = name.split('.');
  return linesOf(path.join(shared, 'rollouts', server, file.join('.')));
}

describe.skipIf(!present)('reference files (skipped: ../shared/golden is not here)', () => {
  const names = present ? readdirSync(golden) : [];

  test.each(names)('%s: as many rows as conversations with an answer', async (name) => {
    const all = linesOf(path.join(golden, name)).map((line) => reference.parse(JSON.parse(line)).messages ?? []);
    const answered = all.filter(hasAnswer);
    const texts = answered.filter((messages) => !hasMedia(messages)).length + (ours[name] ?? 0);
    const source = memorySource(rolloutLines(name));
    const rowsOf = async (target: string, rows: number): Promise<void> => {
      const plan = await planExport(source, recipeOf(target));
      expect(plan.rowsWritten, target).toBe(rows);
      expect(plan.rowsSelected, target).toBe(plan.rowsWritten + plan.excluded.reduce((sum, { count }) => sum + count, 0));
      const media = plan.excluded.find(({ reason }) => reason === 'mapping/images')?.count ?? 0;
      expect(media, target).toBe(answered.length + (ours[name] ?? 0) - rows);
    };
    await rowsOf('nemo-rl/sft', answered.length + (ours[name] ?? 0));
    // TRL trains on text here: conversations with images are left out, and counted as that.
    await rowsOf('trl/sft', texts);
  });

  test('all of them written in every form, and read back', async () => {
    const source = memorySource(names.flatMap(rolloutLines).flatMap(withWorseSibling));
    for (const recipe of [
      ...targets.map(({ info }) => recipeOf(info.target)),
      recipeOf('trl/sft', { meta: true }),
      recipeOf('trl/sft', { format: 'jsonl', reasoning: 'separate' }),
      recipeOf('nemo-rl/sft', { system: 'drop', tools: 'drop' }),
      recipeOf('custom/map', { fields: { messages: 'messages', output: 'response.output' } }),
      recipeOf('custom/rollouts'),
    ]) {
      const made = await runExport(source, recipe, { folder: temporaryFolder(), overwrite: false });
      expect(made.checks.filter(({ ok }) => !ok)).toEqual([]);
      expect(made.rowsWritten, made.target).toBeGreaterThan(rowsAtLeast[made.target] ?? 200);
    }
  });
});
