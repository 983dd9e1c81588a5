import { expect, test } from 'vitest';
import { writeJson } from '#shared/model/json.ts';
import { planExport } from '../plan.ts';
import { made } from '../testing/rows.ts';
import { memorySource, recipeOf, rolloutLine, toolItems } from '../testing/source.ts';

const offered = '"tools":[{"type":"function","name":"f","description":"d","parameters":{},"strict":true}],"input"';
const plain = rolloutLine(0, 1, 'four');
const called = rolloutLine(1, 1, 'done', toolItems('{"x": 1.0, "day": "2023-11-30", "none": null}')).replace('"input"', offered);
const parallel = rolloutLine(2, 1, 'both', [
  { type: 'function_call', call_id: 'a', name: 'f', arguments: '{"n":1}' },
  { type: 'function_call', call_id: 'b', name: 'f', arguments: '{"n":2}' },
  { type: 'function_call_output', call_id: 'b', output: 'two' },
  { type: 'function_call_output', call_id: 'a', output: 'one' },
]);
const user = (content: string) => ({ role: 'user', content });
const call = (id: string, given: unknown) => ({ id, type: 'function', function: { name: 'f', arguments: given } });
const reasonsOf = async (target: string, line: string, options = {}) =>
  (await planExport(memorySource([line]), recipeOf(target, options))).excluded.map(({ reason }) => reason);

test('verl/sft: nested columns, arguments and tools as texts, and the class that reads them', async () => {
  const { rows, read } = await made('verl/sft', [plain, called]);
  const none = { tool_calls: undefined, reasoning_content: undefined, tool_call_id: undefined, name: undefined };
  const withoutNulls = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_, each: unknown) => each ?? undefined));
  expect(withoutNulls(rows)).toEqual(
    [
      {
        messages: [
          { ...user('question 1') },
          { role: 'assistant', content: '', tool_calls: [call('c', '{"x":1.0,"day":"2023-11-30","none":null}')] },
          { role: 'tool', content: 'done', tool_call_id: 'c', name: 'f' },
          { role: 'assistant', content: 'done' },
        ],
        tools: '[{"type":"function","function":{"name":"f","description":"d","parameters":{}}}]',
      },
      { messages: [user('question 0'), { ...none, role: 'assistant', content: 'four' }] },
    ].map(withoutNulls),
  );
  expect(read('gym_verl_sft.py')).toContain('class GymSFTDataset(MultiTurnSFTDataset)');
  const script = read('train.sh');
  for (const word of ['data.custom_cls.path=gym_verl_sft.py', 'data.enable_thinking_default=null', 'data.truncation=error'])
    expect(script).toContain(word);
  expect(script).not.toContain('ignore_input_ids_mismatch');
  expect((await made('verl/sft', [parallel])).read('train.sh')).toContain('data.ignore_input_ids_mismatch=True');
});

test('openrlhf/sft: tools in the system message, never a column; the first message is another’s', async () => {
  const { rows, read } = await made('openrlhf/sft', [called]);
  expect(Object.keys(rows[0] ?? {})).toEqual(['messages']);
  expect(rows[0]).toMatchObject({
    messages: [
      {
        role: 'system',
        content: expect.stringContaining(
          '<tools>\n{"type":"function","function":{"name":"f","description":"d","parameters":{}}}\n</tools>',
        ),
      },
      user('question 1'),
      {},
      {},
      {},
    ],
  });
  expect((await made('openrlhf/sft', [called], { tools: 'drop' })).rows[0]?.['messages']).toHaveLength(4);
  expect(read('train.sh')).toContain('--data.multiturn');
  expect(await reasonsOf('openrlhf/sft', '{"response":{"output":[{"role":"assistant","content":"hi"}]}}')).toEqual([
    'target/starts-with-assistant',
  ]);
});

test('a length that no row has: more tokens than the longest has bytes', async () => {
  const long = rolloutLine(0, 1, 'ü'.repeat(5000));
  const lengthOf = async (options = {}) =>
    Number(/--data.max_len (\d+)/.exec((await made('openrlhf/sft', [plain, long], options)).read('train.sh'))?.[1]);
  expect(await lengthOf()).toBeGreaterThan(Buffer.byteLength('ü'.repeat(5000)));
  expect(await lengthOf({ 'max-length': 4096 })).toBe(4096);
  expect(await reasonsOf('openrlhf/sft', long, { 'max-length': 100, longer: 'leave-out' })).toEqual(['length/too-long']);
  expect(await reasonsOf('openrlhf/sft', long, { 'max-length': 100 })).toEqual([]);
});

test('trl/sft-prompt-completion: what stands before the first answer is the prompt', async () => {
  const seen = rolloutLine(0, 1, 'four', [user('more')]);
  const { rows, read } = await made('trl/sft-prompt-completion', [seen]);
  expect(rows).toEqual([{ prompt: [user('question 0'), user('more')], completion: [{ role: 'assistant', content: 'four' }] }]);
  expect(read('sft.yaml')).toContain('completion_only_loss: true\n');
  const system = plain.replace('"role":"user"', '"role":"system"');
  expect(await reasonsOf('trl/sft-prompt-completion', system)).toEqual(['target/no-prompt']);
});

test('parallel calls: split with each output behind its call, left out, or kept', async () => {
  const split = (await made('trl/sft', [parallel], { 'parallel-calls': 'split' })).rows[0]?.['messages'];
  expect(split).toEqual([
    user('question 2'),
    { role: 'assistant', content: '', tool_calls: [call('a', { n: 1 })] },
    { role: 'tool', tool_call_id: 'a', name: 'f', content: 'one' },
    { role: 'assistant', content: '', tool_calls: [call('b', { n: 2 })] },
    { role: 'tool', tool_call_id: 'b', name: 'f', content: 'two' },
    { role: 'assistant', content: 'both' },
  ]);
  expect(await reasonsOf('trl/sft', parallel, { 'parallel-calls': 'leave-out' })).toEqual(['target/parallel-calls']);
  expect((await made('trl/sft', [parallel])).rows[0]?.['messages']).toHaveLength(5);
});

test('a system text of one’s own in every row', async () => {
  const { rows } = await made('trl/sft', [plain], { system: 'replace', 'system-text': 'be brief' });
  expect(rows[0]?.['messages']).toEqual([
    { role: 'system', content: 'be brief' },
    user('question 0'),
    { role: 'assistant', content: 'four' },
  ]);
});

test('custom/openai-chat: arguments are the text of the model; every call has an id', async () => {
  const broken = rolloutLine(0, 1, 'a', [
    { type: 'function_call', name: 'f', arguments: '{"x": 1' },
    { type: 'function_call_output', output: 'no' },
  ]);
  const { rows } = await made('custom/openai-chat', [broken]);
  expect(rows[0]?.['messages']).toEqual([
    user('question 0'),
    { role: 'assistant', content: '', tool_calls: [call('call_1_0', '{"x": 1')] },
    { role: 'tool', content: 'no', tool_call_id: 'call_1_0' },
    { role: 'assistant', content: 'a' },
  ]);
});

test('custom/sharegpt: calls and outputs are turns of their own', async () => {
  const { rows } = await made('custom/sharegpt', [called]);
  expect(rows[0]).toEqual({
    conversations: [
      { from: 'human', value: 'question 1' },
      { from: 'function_call', value: '{"name":"f","arguments":{"x":1.0,"day":"2023-11-30","none":null}}' },
      { from: 'observation', value: 'done' },
      { from: 'gpt', value: 'done' },
    ],
    tools: '[{"name":"f","description":"d","parameters":{}}]',
  });
});

test('a data card that says which file is which split', async () => {
  const { read } = await made(
    'trl/sft',
    Array.from({ length: 8 }, (_, i) => rolloutLine(i, 1, `${i}`)),
    { validation: 0.25 },
  );
  expect(read('README.md')).toContain(
    '  - split: train\n    path: train.parquet\n  - split: validation\n    path: validation.parquet\n---\n',
  );
});

test('infinite numbers are left out, but not by custom/openai-chat, which keeps texts', async () => {
  const infinite = rolloutLine(0, 1, 'a', toolItems('{"x":1e400}'));
  expect(await reasonsOf('trl/sft', infinite)).toEqual(['mapping/infinite-number']);
  expect(await reasonsOf('nemo-rl/sft', infinite)).toEqual(['mapping/infinite-number']);
  expect(await reasonsOf('custom/openai-chat', infinite)).toEqual([]);
});

test('a number that datasets would read as zero leaves its rollout out; NeMo-RL reads it', async () => {
  const lines = ['{"x":5e-324}', '{"x":0.00012345678901234567}'].map((text, i) => rolloutLine(i, 1, `${i}`, toolItems(text)));
  const { rows, manifest } = await made('trl/sft', lines);
  expect(manifest.excluded.map(({ reason, count }) => [reason, count])).toEqual([['mapping/tiny-number', 1]]);
  expect(writeJson(rows)).toContain('{"x":12.345678901234567e-5}');
  expect((await made('nemo-rl/sft', lines)).rows).toHaveLength(2);
});
