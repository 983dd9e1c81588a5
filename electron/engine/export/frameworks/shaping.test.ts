import { describe, expect, test } from 'vitest';
import type { OptionValue } from '#shared/model/recipe.ts';
import { targets } from '../targets.ts';
import { made } from '../testing/rows.ts';

// What options do to a conversation, told from the texts of the written rows alone: every target that has the option.

const say = (text: string) => ({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] });
const think = (text: string) => ({ type: 'reasoning', summary: [{ text }] });
const call = (id: string, at: number) => ({ type: 'function_call', call_id: id, name: 'f', arguments: `{"at":${at}}` });
const gives = (id: string, text: string) => ({ type: 'function_call_output', call_id: id, output: text });

function line(task: number, reward: number, items: readonly unknown[], before: readonly unknown[] = []): string {
  return JSON.stringify({
    responses_create_params: { input: [...before, { role: 'user', content: `question ${task}` }] },
    response: { output: items },
    reward,
    expected_answer: 'x',
    _ng_task_index: task,
    agent_ref: { name: 'a' },
  });
}

const both = (task: number, of: (reward: number) => readonly unknown[], before: readonly unknown[] = []): string[] =>
  [1, 0].map((reward) => line(task, reward, of(reward), before));

const having = (key: string): string[] =>
  targets.filter(({ info }) => info.options.some((option) => option.key === key)).map(({ info }) => info.target);
const valuesOf = (target: string, key: string): string[] =>
  targets
    .find(({ info }) => info.target === target)
    ?.info.options.find((option) => option.key === key)
    ?.choices?.map(({ value }) => value) ?? [];
const textOf = (value: unknown): string => JSON.stringify(value);

async function texts(
  target: string,
  lines: readonly string[],
  options: Record<string, OptionValue>,
): Promise<{ all: string; rows: string[]; excluded: unknown }> {
  const { rows, manifest } = await made(target, lines, options);
  return { all: textOf(rows), rows: rows.map(textOf), excluded: manifest.excluded.map(({ reason, count }) => [reason, count]) };
}

const count = (text: string, part: string): number => text.split(part).length - 1;

describe.each(having('ending'))('ending: %s', (target) => {
  const trailing = both(1, (reward) => [say(`answer ${reward}`), { role: 'user', content: 'TRAILING' }]);
  const whole = both(2, (reward) => [say(`answer ${reward}`)]);

  test('trim cuts what follows the last word of the assistant, and no more', async () => {
    const { all, excluded } = await texts(target, [...trailing, ...whole], { ending: 'trim' });
    expect(count(all, 'TRAILING')).toBe(0);
    expect([count(all, 'answer 1'), count(all, 'answer 0')]).toEqual([2, 2]);
    expect(excluded).toEqual([]);
  });

  test('leave-out leaves out such rollouts alone', async () => {
    const { all, excluded } = await texts(target, [...trailing, ...whole], { ending: 'leave-out' });
    expect([count(all, 'TRAILING'), count(all, 'question 1')]).toEqual([0, 0]);
    expect([count(all, 'answer 1'), count(all, 'answer 0')]).toEqual([1, 1]);
    expect(excluded).toEqual([['target/ends-without-assistant', 2]]);
  });
});

describe.each(having('reasoning'))('reasoning: %s', (target) => {
  const lines = both(1, (reward) => [think(`THOUGHT ${reward}`), say(`answer ${reward}`)]);
  const options: Record<string, OptionValue> = target === 'custom/arrow' ? { fields: { text: 'text' } } : {};

  test.each(valuesOf(target, 'reasoning'))('%s', async (reasoning) => {
    const { all } = await texts(target, lines, { ...options, reasoning });
    expect(count(all, 'answer 1')).toBe(1);
    expect(count(all, 'THOUGHT 1')).toBe(reasoning === 'drop' || (target === 'custom/arrow' && reasoning === 'separate') ? 0 : 1);
    expect(count(all, '<think>')).toBe(reasoning === 'inline' ? 2 : 0);
    if (reasoning === 'separate' && target !== 'custom/arrow') expect(all).toContain('"reasoning_content":"THOUGHT 1"');
  });
});

describe.each(having('system'))('system: %s', (target) => {
  const system = [
    { role: 'system', content: 'FIRST' },
    { role: 'developer', content: 'SECOND' },
  ];
  const lines = [...both(1, (reward) => [say(`answer ${reward}`)], system), ...both(2, (reward) => [say(`answer ${reward}`)])];
  /** Rows of a pair hold their prompt once or, where sides are whole, twice; others have a row for each rollout. */
  const kept = async (options: Record<string, OptionValue>): Promise<number[]> => {
    const { all } = await texts(target, lines, options);
    const asked = count(all, 'question 1');
    expect(asked).toBe(count(all, 'question 2'));
    return [asked, count(all, 'FIRST'), count(all, 'SECOND'), count(all, 'REPLACED')];
  };

  test('keep, drop, replace', async () => {
    const [asked = 0, first, second] = await kept({});
    expect(asked).toBeGreaterThan(0);
    expect([first, second]).toEqual([asked, asked]);
    expect(await kept({ system: 'drop' })).toEqual([asked, 0, 0, 0]);
    expect(await kept({ system: 'replace', 'system-text': 'REPLACED' })).toEqual([asked, 0, 0, 2 * asked]);
    expect(await kept({ system: 'replace', 'system-text': '' })).toEqual([asked, 0, 0, 0]);
  });
});

describe.each(having('parallel-calls'))('parallel calls: %s', (target) => {
  const parallel = both(1, (reward) => [
    say('both'),
    call('c1', 1),
    call('c2', 2),
    gives('c2', 'second'),
    gives('c1', 'first'),
    say(`so ${reward}`),
  ]);
  const single = both(2, (reward) => [call('c1', 3), gives('c1', 'third'), say(`so ${reward}`)]);
  /** In a text of JSON inside JSON too. */
  const places = (row: string, ...parts: readonly string[]): number[] => parts.map((part) => row.indexOf(part));
  const isRising = (list: readonly number[]): boolean => list.every((at, i) => at >= 0 && (i === 0 || at > (list[i - 1] ?? 0)));

  test('keep: one message, outputs behind it as they came', async () => {
    const { rows, excluded } = await texts(target, [...parallel, ...single], {});
    expect(excluded).toEqual([]);
    const row = rows.find((each) => each.includes('question 1')) ?? '';
    expect(isRising(places(row, 'both', 'at', 'c2', 'second', 'first', 'so '))).toBe(true);
    expect(/"tool_calls":\[\{[^\]]*c1[^\]]*c2/.test(row)).toBe(true);
  });

  test('split: a message for each call, its own output behind it, nothing lost', async () => {
    const { rows, excluded } = await texts(target, [...parallel, ...single], { 'parallel-calls': 'split' });
    expect(excluded).toEqual([]);
    const row = rows.find((each) => each.includes('question 1')) ?? '';
    expect(isRising(places(row, 'both', 'c1', 'first', 'c2', 'second', 'so '))).toBe(true);
    expect(/"tool_calls":\[\{[^\]]*c1[^\]]*c2/.test(row)).toBe(false);
    expect(rows.find((each) => each.includes('question 2'))).toContain('third');
  });

  test('leave-out leaves out such rollouts alone; split leaves out what cannot be told apart', async () => {
    const { all, excluded } = await texts(target, [...parallel, ...single], { 'parallel-calls': 'leave-out' });
    expect(excluded).toEqual([['target/parallel-calls', 2]]);
    expect([count(all, 'question 1'), all.includes('question 2')]).toEqual([0, true]);
    const twice = both(3, (reward) => [call('c', 1), call('c', 2), gives('c', 'one'), gives('c', 'two'), say(`so ${reward}`)]);
    expect((await texts(target, [...twice, ...single], { 'parallel-calls': 'split' })).excluded).toEqual([['target/parallel-calls', 2]]);
  });
});
