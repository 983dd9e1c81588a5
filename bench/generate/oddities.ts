import type { Item, Json } from './items.ts';
import type { Random } from './random.ts';
import type { RolloutRow } from './rollout.ts';

/** What can be wrong with a line. The `invalid` ones make it no JSON object; the others are still rollouts. */
export const oddities = {
  placeholder: { invalid: true, line: () => '<PLACEHOLDER ROW>' },
  cut: { invalid: true, line: (row, random) => cutIn(JSON.stringify(row), random) },
  nan: { invalid: true, line: (row) => JSON.stringify({ ...row, reward: '@raw' }).replace('"@raw"', 'NaN') },
  'not-object': { invalid: true, line: (row) => JSON.stringify([row.reward, 'no object']) },
  utf8: { invalid: true, line: (row) => brokenUtf8(JSON.stringify({ ...row, note: '@bytes' })) },

  'no-response': { invalid: false, line: (row) => without(row, 'response') },
  'no-reward': { invalid: false, line: (row) => without(row, 'reward') },
  'null-reward': { invalid: false, line: (row) => JSON.stringify({ ...row, reward: null }) },
  'no-task': { invalid: false, line: (row) => without(row, '_ng_task_index') },
  'string-input': {
    invalid: false,
    line: (row) =>
      JSON.stringify({ ...row, responses_create_params: { ...row.responses_create_params, input: 'Say what you know about tides.' } }),
  },
  /** Each element is the whole history so far. */
  'nested-output': {
    invalid: false,
    line: (row) => withOutput(row, row.response.output.map((_, end, all) => all.slice(0, end + 1)).slice(-3)),
  },
  truncated: {
    invalid: false,
    line: (row) =>
      JSON.stringify({
        ...row,
        response: {
          ...row.response,
          status: 'incomplete',
          incomplete_details: { reason: 'max_output_tokens' },
          output: row.response.output.slice(0, -1),
        },
      }),
  },
  'unanswered-call': { invalid: false, line: (row, random) => withOutput(row, unanswered(row.response.output, random)) },
  'empty-output': { invalid: false, line: (row) => withOutput(row, []) },
  'bad-arguments': {
    invalid: false,
    line: (row, random) => withOutput(row, [...row.response.output, { ...strayCall(random), arguments: '{"path": "src/' }]),
  },
  'unknown-item': {
    invalid: false,
    line: (row, random) =>
      withOutput(row, [{ type: 'web_search_call', id: `ws_${random.hex(12)}`, status: 'completed' }, ...row.response.output]),
  },
  'big-integer': { invalid: false, line: (row) => JSON.stringify({ ...row, sandbox_id: '@raw' }).replace('"@raw"', '9007199254740993') },
  /** Same (task, rollout) as the first attempt at the task. */
  'duplicate-key': { invalid: false, line: (row) => JSON.stringify({ ...row, _ng_rollout_index: 0 }) },
  'chat-row': {
    invalid: false,
    line: (row) =>
      JSON.stringify({
        messages: [
          { role: 'user', content: 'Name a prime above 90.' },
          { role: 'assistant', content: '97' },
        ],
        ...row,
        response: '97',
      }),
  },
} as const satisfies Record<string, { invalid: boolean; line: (row: RolloutRow, random: Random) => string | Buffer }>;
export type Oddity = keyof typeof oddities;
export const oddityNames = Object.keys(oddities) as readonly Oddity[];

function without(row: RolloutRow, key: keyof RolloutRow): string {
  return JSON.stringify(row, (name, value: Json) => (name === key ? undefined : value));
}

function withOutput(row: RolloutRow, output: readonly Json[]): string {
  return JSON.stringify({ ...row, response: { ...row.response, output } });
}

function unanswered(output: readonly Item[], random: Random): readonly Item[] {
  const last = output.findLastIndex((item) => item['type'] === 'function_call_output');
  return last === -1 ? [...output, strayCall(random)] : output.slice(0, last);
}

function strayCall(random: Random): Item {
  return {
    type: 'function_call',
    id: `fc_${random.hex(12)}`,
    call_id: `call_${random.hex(12)}`,
    name: 'read_file',
    arguments: '{"path":"notes.txt"}',
    status: 'completed',
  };
}

function cutIn(text: string, random: Random): string {
  return text.slice(0, random.int(Math.floor(text.length / 3), text.length - 2)).trimEnd();
}

function brokenUtf8(text: string): Buffer {
  const [before = '', after = ''] = text.split('@bytes');
  return Buffer.concat([Buffer.from(before), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(after)]);
}
