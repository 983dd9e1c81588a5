import { expect, test } from 'vitest';
import type { OptionValue } from '#shared/model/recipe.ts';
import { planExport } from '../plan.ts';
import { made } from '../testing/rows.ts';
import { memorySource, recipeOf } from '../testing/source.ts';

interface Task {
  readonly task: number;
  readonly request?: object;
  readonly more?: object;
}

const user = (content: string) => ({ role: 'user', content });

function taskLine({ task, request = {}, more = {} }: Task): string {
  return JSON.stringify({
    responses_create_params: { input: [user(`question ${task}`)], temperature: null, tools: [], ...request },
    response: { output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'x' }] }] },
    reward: 1,
    _ng_task_index: task,
    _ng_rollout_index: 0,
    ng_trajectory: {},
    agent_ref: { type: 'responses_api_agents', name: 'math' },
    expected_answer: '105',
    ...more,
  });
}

const reasonsOf = async (target: string, given: readonly string[], options: Record<string, OptionValue> = {}) => {
  const { excluded, rowsSelected, rolloutsUsed, rowsWritten } = await planExport(memorySource(given), recipeOf(target, options));
  expect(rowsSelected).toBe(rolloutsUsed + excluded.reduce((sum, { count }) => sum + count, 0));
  return { written: rowsWritten, ...Object.fromEntries(excluded.map(({ reason, count }) => [reason, count])) };
};

test('one row a task: all its rollouts are used, but those that were asked otherwise', async () => {
  const lines = [
    taskLine({ task: 1 }),
    taskLine({ task: 2 }),
    taskLine({ task: 1 }),
    taskLine({ task: 1, request: { input: [user('other')] } }),
  ];
  for (const target of ['nemo-rl/grpo', 'nemo-rl/grpo-math', 'verl/rl', 'verl/gym', 'openrlhf/ppo', 'trl/grpo'])
    expect(await reasonsOf(target, lines), target).toEqual({ written: 2, 'sampling/other-request': 1 });
});

test('nemo-rl/grpo: the task row, without response, reward, stamps and nulls, tools flat with strict', async () => {
  const tools = [{ type: 'function', name: 'f', description: null, parameters: {}, strict: true }];
  const { rows, read } = await made('nemo-rl/grpo', [taskLine({ task: 1, request: { tools, max_output_tokens: 100, stream: false } })]);
  expect(rows).toEqual([
    {
      responses_create_params: { input: [user('question 1')], tools, max_output_tokens: 100, stream: false },
      agent_ref: { type: 'responses_api_agents', name: 'math' },
      expected_answer: '105',
    },
  ]);
  expect(read('grpo.yaml')).toContain('dataset_name: NemoGymDataset, env_name: nemo_gym');
});

test('what differs between rollouts of a task is a result, not the task', async () => {
  const lines = [0, 1].map((i) => taskLine({ task: 1, more: { extracted: `${i}`, steps: i, difficulty: 3, judged: i === 0 } }));
  const { rows } = await made('nemo-rl/grpo', lines);
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['agent_ref', 'difficulty', 'expected_answer', 'responses_create_params']);
});

test('so are texts too varied for a dictionary, lists and objects that differ', async () => {
  const comment = (i: number) => ({ judge_comment: `${i} ${'so it goes '.repeat(500)}`, votes: [i], judged: { by: i }, same: { by: [1] } });
  const lines = [0, 1, 2, 3].map((i) => taskLine({ task: i >> 1, more: comment(i) }));
  for (const target of ['nemo-rl/grpo', 'verl/gym'])
    expect(Object.keys((await made(target, lines)).rows[0] ?? {}).sort()).toEqual([
      'agent_ref',
      'expected_answer',
      'responses_create_params',
      'same',
    ]);
});

test.each([
  ['a foreign key', { user_id: 1 }],
  ['a tool in chat form', { tools: [{ type: 'function', function: { name: 'f' } }] }],
  ['a tool without strict', { tools: [{ type: 'function', name: 'f', parameters: {} }] }],
  ['metadata that is no text', { metadata: { a: 1 } }],
  ['a limit that is a text', { max_output_tokens: '100' }],
  ['a stream', { stream: true }],
  ['no input', { input: null }],
])('a request that Gym refuses: %s', async (_, request) => {
  const refused = { written: 0, 'target/request-refused': 1 };
  expect(await reasonsOf('nemo-rl/grpo', [taskLine({ task: 1, request })])).toEqual(refused);
  expect(await reasonsOf('verl/gym', [taskLine({ task: 1, request })])).toEqual(refused);
});

test('without an agent a row cannot be routed, unless the option names one', async () => {
  const line = taskLine({ task: 1, more: { agent_ref: null } });
  expect(await reasonsOf('nemo-rl/grpo', [line])).toEqual({ written: 0, 'target/no-agent': 1 });
  expect((await made('nemo-rl/grpo', [line], { agent: 'mine' })).rows[0]).toMatchObject({
    agent_ref: { type: 'responses_api_agents', name: 'mine' },
  });
});

test('verl/gym: messages with a role only, developer as system', async () => {
  const input = [
    { role: 'developer', content: 'be good' },
    { type: 'message', ...user('q') },
  ];
  expect((await made('verl/gym', [taskLine({ task: 1, request: { input } })])).rows[0]).toMatchObject({
    responses_create_params: {
      input: [
        { role: 'system', content: 'be good' },
        { type: 'message', ...user('q') },
      ],
    },
  });
  expect((await made('verl/gym', [taskLine({ task: 1, request: { input: 'q' } })])).rows[0]).toMatchObject({
    responses_create_params: { input: [user('q')] },
  });
  const called = [...input, { type: 'function_call', name: 'f', call_id: 'c', arguments: '{}' }];
  expect(await reasonsOf('verl/gym', [taskLine({ task: 1, request: { input: called } })])).toEqual({
    written: 0,
    'target/request-items': 1,
  });
  expect(await reasonsOf('verl/gym', [taskLine({ task: 1, request: { input: [] } })])).toEqual({ written: 0, 'target/no-prompt': 1 });
});

test('verl/rl: what the reward function is given, each of one type in all rows', async () => {
  const lines = [
    taskLine({ task: 7, more: { metadata: { level: 1.0 } } }),
    taskLine({ task: 8, more: { expected_answer: 105 } }),
    taskLine({ task: 9, more: { expected_answer: ['a', 1] } }),
  ];
  const { rows, read } = await made('verl/rl', lines);
  expect(rows[0]).toEqual({
    data_source: 'nemo_gym/math',
    prompt: [user('question 7')],
    ability: 'agent',
    reward_model: { style: 'rule', ground_truth: '105' },
    extra_info: {
      index: 7,
      gym: '{"agent_ref":{"type":"responses_api_agents","name":"math"},"expected_answer":"105","metadata":{"level":1}}',
    },
  });
  expect(rows.map(({ reward_model: model }) => model)).toEqual(
    ['105', '105', '["a",1]'].map((truth) => ({ style: 'rule', ground_truth: truth })),
  );
  expect(read('train.sh')).toContain('reward.custom_reward_function.path=my_reward.py');
  expect(read('my_reward.py')).toContain('def compute_score(data_source, solution_str, ground_truth, extra_info=None, **kwargs):');
});

test('the ground truth by a path; without one the row is left out', async () => {
  const line = taskLine({ task: 1, more: { expected_answer: undefined, verifier_metadata: { answer: '2023-11-30' } } });
  expect((await made('trl/grpo', [line])).rows[0]).toMatchObject({ solution: '{"answer":"2023-11-30"}' });
  const { rows } = await made('openrlhf/ppo', [line], { 'ground-truth': 'verifier_metadata.answer' });
  expect(rows).toEqual([{ input: [user('question 1')], label: '2023-11-30', datasource: 'math' }]);
  expect(await reasonsOf('trl/grpo', [line], { 'ground-truth': 'no.such' })).toEqual({ written: 0, 'target/no-ground-truth': 1 });
});

test('openrlhf/ppo: the text <image> would empty the message', async () => {
  const line = taskLine({ task: 1, request: { input: [user('what is <image>?')] } });
  expect(await reasonsOf('openrlhf/ppo', [line])).toEqual({ written: 0, 'target/image-placeholder': 1 });
  expect(await reasonsOf('trl/grpo', [line])).toEqual({ written: 1 });
});

test('nemo-rl/grpo-math: one question, a system message before it', async () => {
  const asked = (input: object[]) => taskLine({ task: 1, request: { input } });
  expect((await made('nemo-rl/grpo-math', [asked([{ role: 'system', content: 'be brief' }, user('15*7?')])])).rows).toEqual([
    { input: 'be brief\n\n15*7?', output: '105' },
  ]);
  const turns = asked([user('a'), { role: 'assistant', content: 'b' }, user('c')]);
  expect(await reasonsOf('nemo-rl/grpo-math', [turns])).toEqual({ written: 0, 'target/prompt-not-one-question': 1 });
});

test('rows of tasks alone, without a response, give tasks', async () => {
  const line = taskLine({ task: 1, more: { response: undefined, reward: undefined } });
  for (const target of ['nemo-rl/grpo', 'verl/rl', 'trl/grpo', 'openrlhf/ppo'])
    expect(await reasonsOf(target, [line])).toEqual({ written: 1 });
});

test('a byte order mark at the beginning of a text stays', async () => {
  const { rows, manifest } = await made('verl/rl', [taskLine({ task: 1, more: { expected_answer: '\uFEFFx' } })]);
  expect(JSON.stringify(rows[0])).toContain('"ground_truth":"\uFEFFx"');
  const solved = await made('trl/grpo', [taskLine({ task: 1, more: { expected_answer: '\uFEFFx' } })]);
  expect([manifest, solved.manifest].flatMap(({ checks }) => checks.map(({ ok }) => ok))).not.toContain(false);
});

test('verl/gym: a message without content would fail in the chat template', async () => {
  const input = [user('q'), { role: 'assistant', content: null }, user('r')];
  expect(await reasonsOf('verl/gym', [taskLine({ task: 1, request: { input } })])).toEqual({ written: 0, 'target/request-items': 1 });
});
