import { describe, expect, test } from 'vitest';
import { JsonNumber, parseJson } from '#shared/model/json.ts';
import { runExport } from './run.ts';
import { targets } from './targets.ts';
import { rowsOf } from './testing/rows.ts';
import { memorySource, recipeOf, temporaryFolder } from './testing/source.ts';

// Values that loaders, languages and templates are known to change: each is found in the written row as it stood in the file, of the
// same type, or its rollouts are left out with a reason.

const texts: Readonly<Record<string, string>> = {
  number: '10',
  boolean: 'true',
  null: 'null',
  object: '{"a":1}',
  list: '[]',
  date: '2023-11-30',
  time: '2024-01-01T10:00:00Z',
  nan: 'NaN',
  prototype: '__proto__',
  nul: 'a\u0000b',
  control: '\u0001\u001f\u007f',
  separators: 'a\u2028b\u2029c\u0085d',
  lines: 'a\r\nb\rc\n',
  spaces: '  two  ',
  mark: '\ufeffbegins with a mark',
  astral: '𝒳 😀 नमस्ते ﷽ e\u0301',
  bidi: '\u202eabc\u202c',
  quotes: '"\'`\\ \\" \\u0041 $(x) ${y}',
  template: '</think> <tool_call> <|im_end|> {{ x }} {% y %}',
  media: 'an <image> and a <video>',
  markup: '<script>alert(1)</script> &amp;',
  long: `${'x'.repeat(5_000_000)}😀`,
  lone: 'half \ud83d of it',
  loneEnd: '\ude00',
};

/** As they stand in the arguments of a call. */
const numbers: Readonly<Record<string, string>> = {
  beyond53: '9007199254740993',
  most64: '18446744073709551615',
  least64: '-9223372036854775808',
  beyond64: '18446744073709551616',
  below64: '-9223372036854775809',
  beyond200: `1${'0'.repeat(200)}`,
  one: '1.0',
  negativeZero: '-0.0',
  tenth: '0.1',
  sixteen: '3.1622776601683795',
  small: '6.6743e-11',
  tiny: '5e-324',
  largest: '1.7976931348623157e308',
  infinite: '1e400',
  minusInfinite: '-1e999',
};

interface Case {
  readonly name: string;
  readonly line: (task: number, worth: number) => string;
  /** What must be in the row, as a text of its own or the beginning and end of one. */
  readonly texts: readonly string[];
  /** Where it is of the answer, rows of tasks have none of it. */
  readonly isAsked: boolean;
  readonly number?: string;
}

interface Parts {
  readonly asked?: string;
  readonly said?: string;
  readonly given?: string;
  readonly gives?: string;
  readonly truth?: string;
  readonly tools?: readonly unknown[];
}

const makes =
  ({ asked, said, given, gives, truth = 'truth', tools }: Parts) =>
  (task: number, worth: number): string => {
    const called =
      given === undefined && gives === undefined
        ? []
        : [
            { type: 'function_call', call_id: 'c', name: 'f', arguments: given ?? '{}' },
            { type: 'function_call_output', call_id: 'c', output: gives ?? 'done' },
          ];
    const answer = worth === 1 && said !== undefined ? said : `worth ${worth}`;
    return JSON.stringify({
      responses_create_params: { input: [{ role: 'user', content: asked ?? `question ${task}` }], ...(tools && { tools }) },
      response: { output: [...called, { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: answer }] }] },
      reward: worth,
      expected_answer: truth,
      _ng_task_index: task,
      _ng_rollout_index: 1 - worth,
      agent_ref: { name: 'a' },
    });
  };

const tool = (more: object) => ({
  type: 'function',
  name: 'f',
  description: 'd',
  parameters: { type: 'object', properties: {} },
  strict: true,
  ...more,
});

/** Five million letters are asked once and said once. */
const isSpared = (name: string): boolean => name.startsWith('long ') && !/ (asked|said)$/.test(name);

const cases: readonly Case[] = [
  ...Object.entries(texts).flatMap(([name, text]) =>
    (
      [
        { name: `${name} asked`, line: makes({ asked: text }), texts: [text], isAsked: true },
        { name: `${name} said`, line: makes({ said: text }), texts: [text], isAsked: false },
        { name: `${name} of a tool`, line: makes({ gives: text }), texts: [text], isAsked: false },
        {
          name: `${name} as key and value of an argument`,
          line: makes({ given: `{${JSON.stringify(text)}:${JSON.stringify(text)},"other":[null,{}]}` }),
          texts: [text],
          isAsked: false,
        },
        { name: `${name} as the truth`, line: makes({ truth: text }), texts: [], isAsked: true },
      ] satisfies Case[]
    ).filter((each) => !isSpared(each.name)),
  ),
  ...Object.entries(numbers).map(([name, number]): Case => ({
    name: `${name} as an argument`,
    line: makes({ given: `{"value":${number}}` }),
    texts: [],
    isAsked: false,
    number,
  })),
  { name: 'no tools', line: makes({ tools: [] }), texts: [], isAsked: true },
  { name: 'tools with strict', line: makes({ tools: [tool({ description: 'STRICT' })] }), texts: [], isAsked: true },
  {
    name: 'a schema of odd keys',
    line: makes({
      tools: [tool({ parameters: { type: 'object', properties: { __proto__x: { enum: ['10', 10, null] }, π: { const: '2023-11-30' } } } })],
    }),
    texts: [],
    isAsked: true,
  },
];

const lines = cases.flatMap(({ line }, task) => [line(task, 1), line(task, 0)]);
/** Of which case a line is, by its number. */
const caseOf = (line: number): number => (line - 1) >> 1;

interface Found {
  readonly texts: Set<string>;
  readonly numbers: Set<string>;
}

/** Whether half a pair stands in a value itself. In a text of JSON it may stand as its escape, which is what the rollout has. */
function hasHalf(value: unknown): boolean {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) return false;
  return Object.entries(value).some(([key, each]) => hasHalf(key) || hasHalf(each));
}

/** Every text and number in a value, those in texts of JSON too: what verl and others hold as such. */
function collect(value: unknown, found: Found): void {
  if (typeof value === 'string') {
    found.texts.add(value);
    if (/^[[{]/.test(value) && value.length < 100_000) {
      try {
        collect(parseJson(value), found);
      } catch {
        // It is no JSON.
      }
    }
  } else if (value instanceof JsonNumber) found.numbers.add(value.text);
  else if (typeof value === 'number') found.numbers.add(Object.is(value, -0) ? '-0' : String(value));
  else if (Array.isArray(value)) for (const each of value) collect(each, found);
  else if (typeof value === 'object' && value !== null)
    for (const key of Object.keys(value)) {
      found.texts.add(key);
      collect(Reflect.get(value, key), found);
    }
}

const isTask = (target: string): boolean =>
  targets.find(({ info }) => info.target === target)?.info.cells.some(({ column }) => column === 'rl') === true &&
  !target.startsWith('custom/');
const isExact = (target: string): boolean =>
  !['nemo-rl/sft', 'verl/sft', 'verl/gym', 'nemo-rl/grpo'].includes(target) && !target.startsWith('custom/');

describe.each(targets.map(({ info }) => info.target))('%s', (target) => {
  const hasMeta = targets.find(({ info }) => info.target === target)?.info.options.some(({ key }) => key === 'meta') === true;

  test('hostile values are in the rows as they were, or told', async () => {
    const folder = temporaryFolder();
    const source = memorySource(lines);
    const made = await runExport(source, recipeOf(target, hasMeta ? { meta: true } : {}), { folder, overwrite: false });
    const rows = await rowsOf(folder, made.files[0]?.path ?? '');
    const written = new Map<number, (Found & { readonly hasHalf: boolean })[]>();
    for (const { gym_meta: meta, ...row } of rows) {
      const found = { texts: new Set<string>(), numbers: new Set<string>(), hasHalf: hasHalf(row) };
      collect(row, found);
      const number = hasMeta ? lineIn(String(meta)) : caseIn(row);
      written.set(number, [...(written.get(number) ?? []), found]);
    }
    for (const [at, { name, texts: wanted, number, isAsked, line }] of cases.entries()) {
      const of = written.get(at);
      const isLone = line(at, 1).includes('\\ud83d') || line(at, 1).includes('\\ude00');
      if (of === undefined) {
        // Left out: never without a reason, which the sums hold; and only what cannot be written.
        expect(isTolerated(target, name, isLone), `${name} is left out`).toBe(true);
        continue;
      }
      if (isTask(target) && !isAsked) continue;
      // Lines stand there byte for byte, and Arrow's default field has no arguments.
      if (target === 'custom/rollouts' || (target === 'custom/arrow' && name.includes('argument'))) continue;
      const all = of.flatMap(({ texts: each }) => [...each]);
      // Of the two rollouts the one without it may stand there.
      if (isLone)
        expect(
          of.some((row) => row.hasHalf),
          name,
        ).toBe(false);
      for (const text of isLone ? [] : wanted) {
        const isThere = all.includes(text) || (isJoined(target) && all.some((each) => each.includes(text)));
        expect(isThere, `${name}: ${text.slice(0, 40)}`).toBe(true);
      }
      if (number !== undefined && !isTask(target) && target !== 'nemo-rl/dpo') expectNumber(target, number, of);
    }
    const told = made.excluded.reduce((sum, { count }) => sum + count, 0);
    expect(told + made.rolloutsUsed).toBe(lines.length);
    expect(made.excluded.every(({ title, reason }) => title !== '' && reason.includes('/'))).toBe(true);
  });
});

/** Texts that are put together with others. */
function isJoined(target: string): boolean {
  return ['custom/arrow', 'nemo-rl/grpo-math', 'nemo-rl/dpo', 'custom/sharegpt'].includes(target);
}

function lineIn(meta: string): number {
  const found = /"line":(\d+)/.exec(meta);
  return caseOf(Number(found?.[1] ?? 0));
}

/** Of rows that say not where they are from: lines as they are, and tasks of Gym. */
function caseIn(row: Readonly<Record<string, unknown>>): number {
  const index = row['_ng_task_index'];
  if (typeof index === 'number') return index;
  const text = JSON.stringify(row);
  const question = /"question (\d+)"/.exec(text)?.[1];
  if (question !== undefined) return Number(question);
  return cases.findIndex(
    ({ name, texts: [value = ''] }) =>
      name.endsWith(' asked') && JSON.stringify(row['responses_create_params']).includes(JSON.stringify(value)),
  );
}

function isTolerated(target: string, name: string, isLone: boolean): boolean {
  if (isLone && !target.startsWith('custom/rollouts')) return true;
  // Two rollouts of equal answers make no pair; only answers of one message without calls are texts.
  if (target === 'nemo-rl/dpo' && /tool|argument/.test(name)) return true;
  // Arguments are values in these, and no number.
  if (/infinite/i.test(name) && (!target.startsWith('custom/') || target === 'custom/sharegpt')) return true;
  if (name.startsWith('tiny') && isExact(target)) return true;
  if (target === 'openrlhf/ppo' && name === 'media asked') return true;
  return false;
}

function expectNumber(target: string, number: string, rows: readonly { texts: ReadonlySet<string>; numbers: ReadonlySet<string> }[]): void {
  const whole = /^-?\d+$/.test(number) ? BigInt(number) : undefined;
  const isBig = whole !== undefined && (whole >= 2n ** 64n || whole < -(2n ** 63n));
  for (const { texts: strings, numbers: found } of rows) {
    if (isBig && isExact(target)) expect([...strings]).toContain(number);
    else if (isExact(target))
      expect(
        [...found].some((each) => Object.is(Number(each), Number(number)) && (whole === undefined || each === number)),
        number,
      ).toBe(true);
    else
      expect(
        [...found, ...strings].some((each) => each === number || each.includes(number) || Object.is(Number(each), Number(number))),
        number,
      ).toBe(true);
  }
}
