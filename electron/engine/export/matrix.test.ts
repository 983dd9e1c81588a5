import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { Manifest } from '#shared/model/export.ts';
import type { OptionValue } from '#shared/model/recipe.ts';
import type { TargetOption } from '#shared/model/target.ts';
import { seededRandom } from '../select/index.ts';
import { planExport } from './plan.ts';
import { runExport } from './run.ts';
import { targets } from './targets.ts';
import { memorySource, recipeOf, temporaryFolder } from './testing/source.ts';

/** What the world puts into rollouts. Each is the content of a message, of an argument and of an output. */
const hostile = [
  '\\u0000',
  '\\ud83d',
  '\\ud83d\\ude00',
  '10',
  'true',
  '{\\"a\\":1}',
  '2023-11-30',
  '__proto__',
  'NaN',
  '\\u2028\\u0085',
  '<image>',
  '<think>a</think>b',
  'ünïcödé 你好',
  '`|\\r\\n$(x)',
];
const hostileArguments = [
  '{"x":1e400}',
  '{"x":1180591620717411303424,"y":9007199254740993,"z":-0.0,"f":6.6743e-11}',
  '{"__proto__":{"a":1},"constructor":null}',
  '{}',
  '[]',
  'broken',
  '{"d":"2023-11-30","n":null,"s":"10"}',
];

interface Spec {
  readonly task: number;
  readonly reward: number | null;
  readonly text: string;
  readonly given?: string | undefined;
  readonly tools?: boolean;
}

function line({ task, reward, text, given, tools = false }: Spec): string {
  const call =
    given === undefined
      ? ''
      : `{"type":"function_call","call_id":"c","name":"f","arguments":${JSON.stringify(given)}},{"type":"function_call_output","call_id":"c","output":"${text}"},`;
  const offered = tools
    ? ',"tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object","properties":{"x":{"type":"number"}}},"strict":true}]'
    : ',"tools":[]';
  return (
    `{"responses_create_params":{"input":[{"role":"developer","content":"be good"},{"role":"user","content":"question ${task} ${text.length % 3 === 0 ? text : ''}"}]${offered}},` +
    `"response":{"output":[${call}{"type":"message","role":"assistant","content":[{"type":"output_text","text":"answer ${text}"}]}],"usage":{"input_tokens":10,"output_tokens":5}},` +
    `"reward":${reward},"_ng_task_index":${task},"_ng_rollout_index":${text.length},"agent_ref":{"name":"${task % 2 === 0 ? 'math' : 'code'}"},"expected_answer":"${text.includes('ud83d') ? 'x' : text}"}`
  );
}

const hostileLines = [
  ...hostile.map((text, i) => line({ task: i % 5, reward: i / 10, text })),
  ...hostile.map((text, i) => line({ task: i % 5, reward: 1 - i / 10, text: `${text} again`, given: '{"x":1}', tools: true })),
  ...hostileArguments.map((given, i) => line({ task: i % 3, reward: i, text: `plain ${i}`, given, tools: i % 2 === 0 })),
  '<broken>',
  '{"reward":1}',
  '{"responses_create_params":{"input":[]},"response":{"output":[]},"reward":0.5}',
  line({ task: 1, reward: null, text: 'no reward' }),
  line({ task: 1, reward: 0.5, text: 'x'.repeat(5_000_000) }),
];

function requireSums(
  made: Pick<Manifest, 'rowsRead' | 'filteredOut' | 'rowsSelected' | 'rolloutsUsed' | 'excluded' | 'rowsWritten'>,
): void {
  const sum = (list: readonly { count: number }[]): number => list.reduce((total, { count }) => total + count, 0);
  expect(made.rowsRead).toBe(sum(made.filteredOut) + made.rowsSelected);
  expect(made.rowsSelected).toBe(made.rolloutsUsed + sum(made.excluded));
}

describe.each(targets.map(({ info }) => info.target))('%s', (target) => {
  test('hostile values are read back, or left out with a reason; twice the same bytes', async () => {
    const source = memorySource(hostileLines);
    const runs: Manifest[] = [];
    for (let run = 0; run < 2; run++) runs.push(await runExport(source, recipeOf(target), { folder: temporaryFolder(), overwrite: false }));
    const [made, again] = runs;
    if (!made || !again) throw new Error('two runs');
    requireSums(made);
    expect(made.rowsWritten).toBeGreaterThan(0);
    expect(made.checks.filter(({ ok }) => !ok)).toEqual([]);
    const data = ({ files }: Manifest) => files.filter(({ rows }) => rows > 0);
    expect(data(again)).toEqual(data(made));
    expect(data(made).reduce((sum, { rows }) => sum + rows, 0)).toBe(made.rowsWritten);
  });

  test.each([1, 2, 3, 4, 5, 6])('random files, filters and options add up (seed %i)', async (seed) => {
    const random = seededRandom(seed * 7919);
    const pick = <T>(list: readonly T[]): T => {
      const found = list[Math.floor(random() * list.length)];
      if (found === undefined) throw new Error('an empty list');
      return found;
    };
    const lines = Array.from({ length: 30 }, (_, i) =>
      line({
        task: Math.floor(random() * 6),
        reward: random() < 0.1 ? null : pick([0, 0, 1, 1, 0.5, random()]),
        text: pick([...hostile, `text ${i}`, 'same', 'same']),
        given: random() < 0.3 ? pick(hostileArguments) : undefined,
        tools: random() < 0.4,
      }),
    );
    const options = Object.fromEntries(
      (targets.find(({ info }) => info.target === target)?.info.options ?? []).flatMap((option) =>
        random() < 0.4 ? [[option.key, randomValue(option, random)] as const] : [],
      ),
    );
    const recipe = recipeOf(target, options, random() < 0.4 ? ['reward >= 0.5'] : []);
    const source = memorySource(lines);
    try {
      const plan = await planExport(source, recipe);
      requireSums(plan);
      const made = await runExport(source, recipe, { folder: temporaryFolder(), overwrite: false });
      requireSums(made);
      expect(made).toMatchObject({ rowsWritten: plan.rowsWritten, excluded: plan.excluded });
      expect(made.checks.filter(({ ok }) => !ok)).toEqual([]);
    } catch (error) {
      // Nothing is left, or a split that leaves no task for training: both are said.
      if (!(error instanceof AppError) || !['nothing-left', 'bad-input'].includes(error.code)) throw error;
    }
  });
});

function randomValue({ key, kind, choices = [], default: value }: TargetOption, random: () => number): OptionValue {
  switch (kind) {
    case 'boolean':
      return random() < 0.5;
    case 'choice': {
      const free = choices.filter(({ needs }) => needs === undefined);
      return free[Math.floor(random() * free.length)]?.value ?? value;
    }
    case 'integer':
      return key === 'max-length' ? Math.floor(random() * 200) : 1 + Math.floor(random() * 4);
    case 'number':
      return ['validation', 'test'].includes(key) ? 0.2 : random() / 2;
    case 'column':
    case 'text':
    case 'fields':
      return value;
  }
}
