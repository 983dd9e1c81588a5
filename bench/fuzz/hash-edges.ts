import { escapes, numbers } from './tokens.ts';

// Rows for canonical hashes: texts in many escapes and of many lengths, numbers in many forms, keys in any order and twice.

const input = (value: string): string => `{"responses_create_params":{"input":[${value}],"instructions":${value}}}`;
const output = (...items: string[]): string => `{"response":{"output":[${items.join(',')}]}}`;

/** What only some of escapes.ts are: those that a string may hold. */
const valid = escapes.filter((escape) => {
  try {
    JSON.parse(`"${escape}"`);
    return true;
  } catch {
    return false;
  }
});
const odd = [
  '\\/',
  '\\u0041',
  '\\u00e9',
  '\\u2028',
  '\\u007f',
  '\\u0000',
  '\\u001f',
  '\\u0022',
  '\\u005c',
  '\\u0009',
  '\\ud83d\\ude00',
  '\\uDE00',
  '\\ud800',
  '\\\\u0041',
  '\\\\\\u0041',
];

const texts = [
  ...valid.map((escape) => `"${escape}"`),
  ...[0, 1, 7, 8, 9, 15, 31, 32, 33, 40, 63, 64, 65, 127, 500].map((length) => `"${'abcdefghi'.repeat(60).slice(0, length)}"`),
  ...odd.flatMap((escape) => [
    `"${escape}"`,
    `"${'x'.repeat(37)}${escape}${'y'.repeat(41)}"`,
    `"${escape.repeat(40)}"`,
    `"${'\\\\'.repeat(35)}${escape}"`,
  ]),
  `"${'\\n'.repeat(50)}\\/${'\\n'.repeat(50)}"`,
  `"é${'漢字'.repeat(30)}\\u6f22😀${'\\ud83d\\ude00'.repeat(9)}\\ud83d"`,
  `"\\ud83d${'\\\\'.repeat(64)}\\ude00"`,
].map(input);

const isNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;
const values = [
  `[${numbers.filter((number) => isNumber.test(number)).join(',')}]`,
  '[100,1e2,1.00e2,10e1,0.1,1e-1,0.10,-0,0,0e5,-0.0,1e100000000,1e999999999999,0.00012,12e-5]',
  `[18446744073709551616,18446744073709551621,5,${'9'.repeat(50)}]`,
  '[true,false,null,"null","true",[],{},[[]],[{}],{"":{}},"",0]',
  '{"a":1,"b":2}',
  '{"b":2,"a":1}',
  '{"a":1,"a":2}',
  '{"a":2}',
  '{"a":1,"\\u0061":{"b":[1]},"b":1,"a":3}',
  `{${Array.from({ length: 90 }, (_, i) => `"k${i % 70}":${i}`).join(',')}}`,
  `{"a":{"a":{"a":1,"b":1},"b":1,"a":{"b":1,"a":1}},"b":1}`,
  `{"${'k'.repeat(100)}":1,"\\/${'k'.repeat(70)}":[1],"k\\n\\u000a":2}`,
  `${'['.repeat(40)}${']'.repeat(40)}`,
].flatMap((value) => [input(value), `{"responses_create_params":{"tools":${value}}}`, output(value)]);

const roots = [
  ...['"i"', '""', '[]', 'null', '{}', '5'].flatMap((value) =>
    ['', ',"instructions":null', ',"instructions":"x"', ',"instructions":["x"]'].map(
      (rest) => `{"responses_create_params":{"input":${value}${rest}}}`,
    ),
  ),
  '{"responses_create_params":{"instructions":"x"}}',
  '{"responses_create_params":{"input":"a","input":"b","instructions":"x","instructions":null,"tools":[1],"tools":null}}',
  '{"responses_create_params":{"input":"a","tools":[]},"responses_create_params":{"tools":{}}}',
  '{"response":{"output":[1],"output":[2]}}',
  '{"response":{"output":[1]},"response":{}}',
  '{"response":{"output":"s"}}',
  '{"response":{"output":{"id":1}}}',
];

const answers = [
  output('{"id":"1","call_id":[1,{"x":2}],"tool_call_id":"","status":{},"logprobs":[{}],"routed_experts":1,"type":"message","x":{"id":1}}'),
  output('{"prompt_token_ids":[1],"generation_token_ids":[1,2],"generation_log_probs":[-0.5],"role":"assistant"}'),
  output(
    '{"content":[{"text":"t","logprobs":[1,{"logprobs":1}],"id":1}],"tool_calls":[{"id":"1","function":{"id":"2","name":"f"},"logprobs":1}]}',
  ),
  output('{"content":{"logprobs":1},"tool_calls":{"id":1},"output":[{"logprobs":1,"id":1}],"summary":[{"logprobs":1}]}'),
  output('[{"id":"1","content":[{"logprobs":1,"text":"t"}]},[{"id":"1"}]]', '{"id":"1","\\u0069d":"2","i\\u0064":3}'),
];

export const hashEdges: readonly string[] = [...texts, ...values, ...roots, ...answers];
