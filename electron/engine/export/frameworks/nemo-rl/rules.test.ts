import { expect, test } from 'vitest';
import { writeJson } from '#shared/model/json.ts';
import type { JsonObject } from '#shared/model/json.ts';
import type { OptionValue } from '#shared/model/recipe.ts';
import { planExport } from '../../plan.ts';
import { completeRecipe, settingsOf } from '../../sections.ts';
import { targetOf } from '../../targets.ts';
import { made } from '../../testing/rows.ts';
import { memorySource, recipeOf, rolloutLine, toolItems } from '../../testing/source.ts';

// What NeMo-RL 0.6.0 asserts, drops and corrupts (oai_format_dataset.py, response_dataset.py, preference_dataset.py,
// binary_preference_dataset.py, nemogym_dataset.py, processors.py): a file that held it would not pass verification.

function fault(target: string, row: JsonObject, options: Record<string, OptionValue> = {}): string | undefined {
  const { info, check } = targetOf(target);
  return check?.(row, settingsOf(info, completeRecipe(info, recipeOf(target, options))));
}
const reasonsOf = async (target: string, lines: readonly string[]) =>
  (await planExport(memorySource(lines), recipeOf(target))).excluded.map(({ reason, count }) => [reason, count]);

const user = { role: 'user', content: 'q' };
const said = (content: string) => ({ role: 'assistant', content });
const call = (given: JsonObject | string) => ({
  role: 'assistant',
  content: '',
  tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: given } }],
});
const output = { role: 'tool', content: '', tool_call_id: 'c', name: 'f' };
const tool = { type: 'function', function: { name: 'f', parameters: {} } };

test.each<[what: string, row: JsonObject, fault: string | undefined]>([
  ['a row as it should be', { messages: [user, call({ a: 1 }), output, said('a')], tools: [tool] }, undefined],
  ['arguments of other keys', { messages: [user, call({}), output, call({ b: null }), output, said('a')] }, undefined],
  ['no messages: AttributeError', {}, 'messages is no list with a message'],
  ['an empty list: IndexError', { messages: [] }, 'messages is no list with a message'],
  ['the last one a user: AssertionError', { messages: [user] }, 'the last message is not the assistant’s'],
  ['the last one a tool: AssertionError', { messages: [user, call({}), output] }, 'the last message is not the assistant’s'],
  ['arguments that are a text: encoded twice', { messages: [user, call('{}'), output, said('a')] }, 'message 1 of messages has tool_calls'],
  [
    'content null: an error of the template',
    { messages: [user, { role: 'assistant', content: null }] },
    'message 1 of messages has content',
  ],
  ['no content: an error of the template', { messages: [{ role: 'user' }, said('a')] }, 'message 0 of messages has content'],
  ['a null key: printed by templates', { messages: [user, { ...said('a'), tool_calls: null }] }, 'message 1 of messages has tool_calls'],
  [
    'developer: dropped by templates',
    { messages: [{ role: 'developer', content: 'x' }, user, said('a')] },
    'message 0 of messages has the role',
  ],
  ['an item of the Responses API', { messages: [{ type: 'function_call', name: 'f' }, said('a')] }, 'message 0 of messages has the role'],
  ['tools that are a text: ValueError', { messages: [user, said('a')], tools: '[]' }, 'tools is no list of functions'],
  ['no tools in a list: Llama prints a preamble', { messages: [user, said('a')], tools: [] }, 'tools is no list of functions'],
  ['flat tools', { messages: [user, said('a')], tools: [{ type: 'function', name: 'f' }] }, 'tools is no list of functions'],
  ['a column task_name', { messages: [user, said('a')], task_name: 'x' }, 'the column task_name does not belong there'],
])('nemo-rl/sft: %s', (_, row, expected) => {
  const found = fault('nemo-rl/sft', row);
  if (expected === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(expected);
});

test('nemo-rl/sft: content that is a list only where images are kept', () => {
  const seen = { messages: [{ role: 'user', content: [{ type: 'text', text: 'q' }] }, said('a')] };
  expect(fault('nemo-rl/sft', seen)).toBeUndefined();
  expect(fault('nemo-rl/sft', seen, { images: 'leave-out' })).toContain('content that is no text');
});

const ranked = (...completions: readonly (readonly [rank: string | number, text: string])[]) => ({
  context: [user],
  completions: completions.map(([rank, text]) => ({ rank, completion: [said(text)] })),
});

test.each<[what: string, row: JsonObject, fault: string | undefined]>([
  ['a pair as it should be', ranked([0, 'a'], [1, 'b']), undefined],
  ['three completions: AssertionError', ranked([0, 'a'], [1, 'b'], [2, 'c']), 'completions are not two'],
  ['one completion: AssertionError', ranked([0, 'a']), 'completions are not two'],
  ['equal ranks: NotImplementedError', ranked([0, 'a'], [0, 'b']), 'completions are not ranked 0 and 1'],
  ['ranks that are texts: compared as texts', ranked(['9', 'a'], ['10', 'b']), 'completions are not ranked 0 and 1'],
  ['rewards for ranks: the worse one is preferred', ranked([1, 'a'], [0, 'b']), 'completions are not ranked 0 and 1'],
  ['the same twice: trained with no signal', ranked([0, 'a'], [1, 'a']), 'chosen and rejected are the same'],
  ['tools: they never reach the template', { ...ranked([0, 'a'], [1, 'b']), tools: [tool] }, 'the column tools does not belong there'],
  ['a column task_name: ValueError of the whole file', { ...ranked([0, 'a'], [1, 'b']), task_name: 'x' }, 'the column task_name'],
  ['an empty context', { ...ranked([0, 'a'], [1, 'b']), context: [] }, 'prompt is no list with a message'],
  [
    'a completion that ends with a user: trained on that text',
    {
      context: [user],
      completions: [
        { rank: 0, completion: [said('a'), user] },
        { rank: 1, completion: [said('b')] },
      ],
    },
    'chosen does not begin and end with the assistant',
  ],
])('nemo-rl/preference and nemo-rl/rm: %s', (_, row, expected) => {
  for (const target of ['nemo-rl/preference', 'nemo-rl/rm']) {
    const found = fault(target, row);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(expected);
  }
});

test.each<[what: string, row: JsonObject, fault: string | undefined]>([
  ['a pair as it should be', { prompt: [user], chosen: 'a', rejected: 'b' }, undefined],
  ['a prompt that is a text, in a column of lists', { prompt: '105', chosen: 'a', rejected: 'b' }, 'prompt is no list with a message'],
  ['chosen a list: KeyError', { prompt: [user], chosen: [said('a')], rejected: 'b' }, 'chosen or rejected is no text'],
  ['rejected a number: TypeError', { prompt: [user], chosen: 'a', rejected: 1 }, 'chosen or rejected is no text'],
  ['rejected null: an error of the template', { prompt: [user], chosen: 'a', rejected: null }, 'chosen or rejected is no text'],
  ['the same twice', { prompt: [user], chosen: 'a', rejected: 'a' }, 'chosen and rejected are the same'],
  ['tools', { prompt: [user], chosen: 'a', rejected: 'b', tools: [tool] }, 'the column tools does not belong there'],
  ['a column task_name', { prompt: [user], chosen: 'a', rejected: 'b', task_name: 'x' }, 'the column task_name does not belong there'],
  ['a prompt that the assistant ends', { prompt: [said('x')], chosen: 'a', rejected: 'b' }, 'the prompt does not end with a user'],
])('nemo-rl/dpo: %s', (_, row, expected) => {
  const found = fault('nemo-rl/dpo', row);
  if (expected === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(expected);
});

test.each<[what: string, row: JsonObject, fault: string | undefined]>([
  ['a row as it should be', { input: 'q', output: '105' }, undefined],
  ['an output that is a number: TypeError', { input: 'q', output: 105 }, 'output is no text'],
  ['an output that is null', { input: 'q', output: null }, 'output is no text'],
  [
    'messages: the first text would be the question, whoever said it',
    { messages: [user, said('a')] },
    'the column messages does not belong',
  ],
  ['a column task_name', { input: 'q', output: 'a', task_name: 'x' }, 'the column task_name does not belong there'],
])('nemo-rl/grpo-math: %s', (_, row, expected) => {
  const found = fault('nemo-rl/grpo-math', row);
  if (expected === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(expected);
});

const task = { responses_create_params: { input: 'q' }, agent_ref: { name: 'a' } };
test.each<[what: string, row: JsonObject, fault: string | undefined]>([
  ['a task as it should be', { ...task, expected_answer: 1 }, undefined],
  ['no agent: KeyError', { responses_create_params: { input: 'q' } }, 'it has no agent'],
  ['an agent without a name: KeyError', { ...task, agent_ref: {} }, 'it has no agent'],
  ['a request that is no object: TypeError', { ...task, responses_create_params: [] }, 'it has no request'],
  ['no request', { agent_ref: { name: 'a' } }, 'it has no request'],
  [
    'a limit that is a text: TypeError',
    { ...task, responses_create_params: { input: 'q', max_output_tokens: '9' } },
    'max_output_tokens is no',
  ],
  ['a response: posted to the environment', { ...task, response: {} }, 'response would be posted to the environment'],
  ['a reward: posted to the environment', { ...task, reward: 1 }, 'reward would be posted to the environment'],
  ['a stamp of Gym', { ...task, _ng_task_index: 1 }, '_ng_task_index would be posted'],
  ['a null in the request: refused by Gym', { ...task, responses_create_params: { input: 'q', tools: null } }, 'input'],
  ['a key that Gym forbids', { ...task, responses_create_params: { input: 'q', seed: 1 } }, 'the request has a key seed'],
  ['no input', { ...task, responses_create_params: {} }, 'input is neither text nor a list'],
])('nemo-rl/grpo: %s', (_, row, expected) => {
  const found = fault('nemo-rl/grpo', row);
  if (expected === undefined) expect(found).toBeUndefined();
  else expect(found).toBeDefined();
});

test('lines are read one by one: none is blank, there is no byte order mark, one newline ends each', async () => {
  const lines = [rolloutLine(1, 1, 'a\u2028b\u0085c'), rolloutLine(2, 1, '\uFEFFx')];
  for (const target of ['nemo-rl/sft', 'nemo-rl/grpo']) {
    const { read } = await made(target, lines, target === 'nemo-rl/grpo' ? { agent: 'a' } : {});
    const text = read('train.jsonl');
    expect(text.startsWith('{')).toBe(true);
    expect(text.split('\n').map((line) => line !== '')).toEqual([true, true, false]);
  }
});

test('numbers of any size stay what they are, as json.loads reads them', async () => {
  const given = '{"a":3.1622776601683795,"b":1180591620717411303424,"c":0.0000000000000000000000000000001}';
  const { read } = await made('nemo-rl/sft', [rolloutLine(1, 1, 'x', toolItems(given))]);
  expect(read('train.jsonl')).toContain(`"arguments":${given}`);
});

test('half a surrogate pair and an endless number leave their rollouts out', async () => {
  const lines = ['{"x":"\\ud83d"}', '{"x":1e400}'].map((text, i) => rolloutLine(i, 1, 'x', toolItems(text)));
  expect(await reasonsOf('nemo-rl/sft', lines)).toEqual([
    ['mapping/lone-surrogate', 1],
    ['mapping/infinite-number', 1],
  ]);
});

test('several thoughts in a row are one think block: templates keep only what follows the last', async () => {
  const thought = (text: string) => ({ type: 'reasoning', summary: [{ type: 'summary_text', text }] });
  const { rows } = await made('nemo-rl/sft', [rolloutLine(1, 1, 'x', [thought('one'), thought('two')])]);
  expect(writeJson(rows)).toContain('"<think>\\none\\n\\ntwo\\n</think>\\n\\nx"');
});

test('the configuration has the model’s own template, lines as they are, and a length that no row has', async () => {
  const { read } = await made('nemo-rl/sft', [rolloutLine(1, 1, 'x'.repeat(50_000))]);
  const yaml = read('sft.yaml');
  expect(yaml).toContain('tokenizer: {chat_template: default}');
  expect(yaml).toContain('use_preserving_dataset: true');
  expect(Number(/max_total_sequence_length: (\d+)/.exec(yaml)?.[1])).toBeGreaterThan(50_000);
  expect(yaml).toMatch(/data_path: "\//);
});
