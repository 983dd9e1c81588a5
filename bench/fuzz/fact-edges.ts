// Rows for what the index knows beyond top-level fields: usage, agent, models, turns, tool calls, prompts, answers; with
// keys in any order, twice, escaped, of the wrong type.

const response = (...members: string[]): string => `{"response":{${members.join(',')}}}`;
const output = (...items: string[]): string => response(`"output":[${items.join(',')}]`);
const input = (...items: string[]): string => `{"responses_create_params":{"input":[${items.join(',')}]}}`;
const say = (role: string, content: string): string => `{"type":"message","role":"${role}","content":${content}}`;
const call = '{"type":"function_call","name":"f","arguments":"{}"}';
const callOutput = '{"type":"function_call_output","output":"1"}';
const think = (text: string): string => `{"type":"reasoning","summary":[{"type":"summary_text","text":"${text}"}]}`;

const usage = [
  '{"input_tokens":1,"output_tokens":2,"total_tokens":3}',
  '{"input_tokens":1,"input_tokens":null}',
  '{"x":{"y":1},"z":[1]}',
  '[{"input_tokens":1}]',
  'null',
  '5',
  '"s"',
  '{}',
  '{"input_tokens":12345678901234567890}',
].map((value) => response(`"usage":${value}`));

const scalars = [
  '{"response":null}',
  '{"response":5}',
  '{"response":"s"}',
  '{"response":[{"usage":{"input_tokens":1}}]}',
  '{"usage":{"input_tokens":1}}',
  '{"response":{"usage":{"input_tokens":1}},"response":{}}',
  '{"x":{"response":{"usage":{"input_tokens":1}}}}',
  response('"usage":{"input_tokens":1}', '"usage":{"output_tokens":2}'),
  response('"usage":{"input_tokens":1}', '"usage":null'),
  response('"\\u0075sage":{"input_tokens":"7"}'),
  ...['{"reason":"max_output_tokens"}', 'null', '"x"', '1', '[]', '{}', 'true'].map((value) => response(`"incomplete_details":${value}`)),
  response('"incomplete_details":{}', '"incomplete_details":null'),
  ...['"completed"', 'null', '7', '{}', `"${'s'.repeat(200)}"`].map((value) => response(`"status":${value}`)),
  ...['"m"', 'null', '7', `"${'m'.repeat(200)}"`, '"a\\u0062"'].map(
    (value) => `{"response":{"model":${value}},"responses_create_params":{"model":"other"}}`,
  ),
  '{"responses_create_params":{"model":"first","model":5}}',
  '{"responses_create_params":{"model":"first"},"responses_create_params":{}}',
  ...[
    '{"name":"a"}',
    '{"name":null}',
    '{"name":5}',
    '{"name":{"name":"x"}}',
    '{"name":["x"]}',
    '"a"',
    'null',
    '{"name":"a","name":"b"}',
  ].map((value) => `{"agent_ref":${value}}`),
  ...['{"a":1,"b":null,"c":"x","d":{},"e":[],"f":true}', '[1]', 'null', '{"a":1,"a":2}', '1'].map(
    (value) => `{"reward_components":${value}}`,
  ),
  '{"turns":1,"line":2,"field.turns":3,"usage.input_tokens":4,"field.usage.x":5,"reward_components.":6,"field.x":7,"field.field.turns":8}',
  ...['[]', '[1,"a",null,{"type":"function","name":"f"},[2]]', 'null', '{}', '"x"', '[{},{}]'].map(
    (value) => `{"responses_create_params":{"tools":${value}}}`,
  ),
  '{"responses_create_params":{"tools":[{}],"tools":null}}',
];

const turns = [
  ...[
    '',
    '{}',
    '1',
    'null',
    '"s"',
    '{"type":""}',
    '{"type":"toString"}',
    '{"type":7}',
    '{"type":null,"role":"user"}',
    '{"type":{},"role":"user"}',
  ].map((item) => output(item)),
  output(
    say('assistant', '"hi"'),
    call,
    call,
    callOutput,
    say('assistant', '""'),
    say('user', '"u"'),
    say('assistant', '[{"type":"output_text","text":"x"}]'),
  ),
  output(think(''), think('t'), callOutput, think(''), callOutput, call, say('assistant', '[]')),
  output(
    '{"type":"reasoning","content":[{"text":"t"}]}',
    say('user', '""'),
    '{"type":"reasoning","content":"t"}',
    say('system', '"s"'),
    '{"type":"reasoning","summary":"t"}',
  ),
  output(
    '{"type":"reasoning","summary":[{"text":"t"}],"summary":[]}',
    callOutput,
    '{"type":"reasoning","content":[{"text":"t"}],"content":null}',
  ),
  output('{"type":"reasoning","summary":[{"text":"t","text":""}]}', callOutput, '{"type":"reasoning","summary":[{"text":"t","text":5}]}'),
  output(say('assistant', '"a"'), '{"type":"web_search_call"}', say('assistant', '"b"'), '{"type":"web_search_call_output"}'),
  output(
    '{"role":"assistant","content":"no type"}',
    '{"role":"user","content":"u"}',
    '{"type":"message","content":"no role"}',
    '{"role":5,"content":"x"}',
  ),
  output(
    '{"content":"late","role":"assistant","type":"message"}',
    '{"content":"x","type":"function_call_output"}',
    '{"content":[{"text":"y"}],"role":"user"}',
  ),
  output(
    '{"type":"message","type":"function_call","role":"assistant"}',
    '{"type":"function_call","type":"message","role":"assistant","content":"x"}',
  ),
  output(
    '{"role":"assistant","role":"user","content":"x"}',
    '{"role":"user","role":5,"content":"x"}',
    '{"role":"critic","content":"x"}',
    call,
  ),
  output('{"type":"m\\u0065ssage","role":"us\\u0065r","content":"e"}', '{"type":"message","role":"assist\\u0061nt","content":"\\u0020"}'),
  output(
    '{"type":"message","role":"assistant","content":"a","content":[{"text":""}]}',
    '{"type":"message","role":"assistant","content":[{"text":"a"}],"content":null}',
  ),
  output('{"type":"message","role":"assistant","content":[{"text":"a"},{"text":""},{"refusal":"no"},"s",["t"],{"text":{"text":"deep"}}]}'),
  output(
    '{"type":"message","role":"assistant","content":{"text":"object"}}',
    '{"x":{"type":"message","role":"user"}}',
    '{"content":[{"content":[{"text":"deep"}]}],"role":"assistant"}',
  ),
  output('{"type":"message","role":"user"}', '{"type":"message","role":"assistant","content":"cut"').slice(0, -3),
  output(
    `{"type":"${'t'.repeat(300)}","role":"user"}`,
    `{"type":"message","role":"${'r'.repeat(300)}"}`,
    say('assistant', `"${'long '.repeat(100)}"`),
  ),
  ...[
    '{"output":[{"role":"user"}],"output":[]}',
    '{"output":[{"role":"user"}],"output":null}',
    '{"output":{"type":"message"}}',
    '{"output":"s"}',
  ].map((value) => `{"response":${value}}`),
  '{"response":{"output":[{"role":"assistant","content":"a"}]},"response":{"output":[{"type":"x"}]}}',
  '{"response":{"output":[{"role":"assistant","content":"a"}]},"response":null}',
];

/** Chat messages in the output, refusals, texts that are no objects. */
const chat = [
  output('{"role":"assistant","content":null,"tool_calls":[{"id":"1"}]}', say('tool', '"t"'), '{"role":"assistant","tool_calls":[1,[]]}'),
  output('{"role":"assistant","tool_calls":[{}],"tool_calls":[]}', say('developer', '""'), '{"role":"assistant","tool_calls":{"x":{}}}'),
  output('{"role":"assistant","reasoning_content":"r"}', say('system', '""'), '{"role":"assistant","thinking":"","reasoning":"r"}'),
  output(
    '{"role":"assistant","reasoning":"r","reasoning":""}',
    callOutput,
    '{"role":"assistant","thinking":"t","thinking":5,"reasoning":"r"}',
    callOutput,
    '{"reasoning_content":"r","reasoning_content":null,"role":"assistant"}',
  ),
  output('{"type":"reasoning","reasoning_content":"r"}', say('critic', '"c"'), '{"type":"reasoning","content":["s"]}'),
  output(say('assistant', '["plain"]'), say('user', '["u","",1]'), say('assistant', '[{"type":"refusal","refusal":"no"}]')),
  output(say('assistant', '[{"text":"t","refusal":"no"},{"refusal":"no","refusal":""}]'), '{"type":"","role":"user","content":"u"}'),
  output(
    '{"type":"reasoning","content":[{"refusal":"r"}]}',
    say('user', '""'),
    '{"type":"reasoning","content":[{"text":"t"}],"content":[]}',
  ),
];

/** Lists within the output: each the whole history so far. */
const nested = [
  output(`[${say('assistant', '"a"')}]`, `[${say('assistant', '"a"')},${call},${say('user', '"u"')},${say('assistant', '"b"')}]`),
  output(`[${say('user', '"u"')}]`, '[]'),
  output(say('user', '"u"'), `[${call}]`, say('assistant', '"after"')),
  output(`[[${call}]]`, `[[${say('user', '"deep"')}],${call}]`),
  output('[1,null,"s"]'),
  output(call, `[${call},${call}]`, '1'),
  output(call, `[${call},${call}]`, '"s"'),
  output(say('assistant', '"a"'), `[${call}]`, say('assistant', '"b"')),
  output(`[${say('assistant', '"a"')}]`, `[${say('user', '"b"')}]`, '[]'),
];

const inputs = [
  ...['"plain"', '""', 'null', '5', '{"role":"user","content":"x"}', '"\\u00e9\\n"', '"a","input":[]', '[],"input":"b"'].map(
    (value) => `{"responses_create_params":{"input":${value}}}`,
  ),
  input(say('user', '"first"'), say('user', '""'), say('system', '"s"')),
  input(
    say('user', '[{"type":"input_text","text":"one"},{"type":"input_image"},{"type":"input_text","text":"two"}]'),
    say('assistant', '"a"'),
  ),
  input('{"role":"user","content":"no type"}', callOutput, `[${say('user', '"nested"')}]`),
  '{"responses_create_params":{"input":[{"role":"user","content":"x"}]},"responses_create_params":{"input":"y"}}',
  '{"messages":[{"role":"user","content":"m"},{"role":"assistant","content":"a"}],"response":{}}',
  '{"messages":[{"role":"user","content":"m"}],"responses_create_params":{"input":[]}}',
  '{"messages":[{"role":"user","content":"m"}],"messages":null}',
  '{"messages":"s"}',
  '{"messages":[{"role":"user","content":"m"}],"responses_create_params":null}',
  '{"messages":[{"role":"user","content":"m"}],"responses_create_params":{"input":"i"},"responses_create_params":null}',
  '{"messages":[{"role":"user","content":"m"}],"responses_create_params":{}}',
  `{"messages":[{"role":"user","content":"m"}],${output(say('user', '"u"')).slice(1)}`,
  `{"messages":[{"role":"user","content":"m"}],${output(say('assistant', '"a"')).slice(1)}`,
  `${input(say('user', '"q"')).slice(0, -1)},${output(say('user', '"u"'), say('assistant', '"a"')).slice(1)}`,
];

export const factEdges: readonly string[] = [...usage, ...scalars, ...turns, ...chat, ...nested, ...inputs];
