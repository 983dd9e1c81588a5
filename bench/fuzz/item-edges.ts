// Rows for what items are and show: types, roles, images, token ids; and for the parameters of a request.

const response = (...members: string[]): string => `{"response":{${members.join(',')}}}`;
const output = (...items: string[]): string => response(`"output":[${items.join(',')}]`);
const input = (...items: string[]): string => `{"responses_create_params":{"input":[${items.join(',')}]}}`;
const say = (role: string, content = '"x"'): string => `{"role":"${role}","content":${content}}`;
const join = (...objects: string[]): string => `{${objects.map((object) => object.slice(1, -1)).join(',')}}`;
const image = '{"type":"input_image","image_url":"data:"}';

const types = [
  output(
    '{"type":"web_search_call"}',
    '{"type":"web_search_call"}',
    '{"type":"mcp_call"}',
    '{"type":"other"}',
    '{"type":5}',
    '{"type":null}',
  ),
  output('1', '"s"', 'null', 'true', '[]', '[[],1,{}]', '{"type":""}', '{"type":[]}', '{"type":{}}', '{}'),
  output('[1,"s",null,[],{"type":"a"},{"type":"b"},{"type":"a"}]'),
  output('[{"type":"a"}]', '[{"type":"b"},{"type":"b"}]', '{"type":"c"}', '[{"type":"a"},{"type":"d"}]'),
  output(
    '{"type":"a","type":"b"}',
    '{"type":"b","type":null}',
    '{"type":"\\u0061"}',
    '{"type":"a\\u0000"}',
    '{"type":"a\\n"}',
    '{"type":"a\\\\n"}',
  ),
  output('{"type":"__proto__"}', '{"type":"constructor"}', '{"type":"é"}', '{"type":"\\ud800"}', '{"type":"漢"}', '{"type":"\\u6f22"}'),
  output(...[63, 64, 65, 127, 128, 129, 600].map((length) => `{"type":"${'t'.repeat(length)}"}`)),
  output(...[10, 21, 22, 64, 65, 86].map((length) => `{"type":"${'\\u0074'.repeat(length)}"}`)),
  output(...[21, 22].map((length) => `{"type":"${'漢'.repeat(length)}"}`)),
  output(...Array.from({ length: 70 }, (_, i) => `{"type":"kind ${i % 61}"}`)),
  response('"output":[{"type":"a"}]', '"output":[{"type":"b"}]'),
  '{"response":{"output":[{"type":"a"}]},"response":{"output":[]}}',
  '{"items.message":1,"items.":2,"sampling.x":3,"field.items.message":4,"items":5}',
];

const roles = [
  ...['system', 'developer', 'user', 'assistant', 'tool', 'critic', 'user\\u0072'].map((role) => output(say(role))),
  output(say('user'), '{"type":"web_search_call"}', '{"role":5}', 'null'),
  output(say('user'), '{"type":"function_call"}'),
  output(say('user'), '{"type":"reasoning"}'),
  output(say('user'), '{"type":"function_call_output"}'),
  output(`[${say('user')}]`, '[]'),
  join(input(say('system')), output()),
  join(input(say('system')), output('{"type":"x"}')),
  join(input(say('system')), output(say('assistant'))),
  '{"responses_create_params":{"input":"ask"}}',
  '{"responses_create_params":{"input":""},"messages":[{"role":"tool"}]}',
  '{"messages":[{"role":"tool"}]}',
  '{"messages":[]}',
  join(`{"messages":[${say('user')}]}`, output()),
  '{"responses_create_params":{"input":[{"role":"user"}],"input":[]}}',
];

const images = [
  input(say('user', `[${image}]`)),
  input(say('user', `[{"type":"input_text","text":"t"},{"type":"image_url"}]`)),
  ...['"image"', '"imag\\u0065"', '"images"', '5', '["image"]', '{"type":"image"}', '"image","type":"text"', '"text","type":"image"'].map(
    (type) => output(say('assistant', `[{"type":${type}}]`)),
  ),
  output(`{"type":"function_call_output","output":[${image}]}`),
  output(`{"type":"function_call_output","output":[${image}],"output":"none"}`),
  output(`{"role":"user","content":[${image}],"content":[]}`),
  output(`{"type":"function_call_output","output":${image}}`, say('user', image), `{"role":"user","content":[[${image}]]}`),
  output(`{"type":"reasoning","summary":[${image}]}`, image),
  output(`[${say('user', `[${image}]`)}]`, '[]'),
  output(`[[${say('user', `[${image}]`)}]]`),
  `{"messages":[${say('user', `[${image}]`)}]}`,
  join(`{"messages":[${say('user', `[${image}]`)}]}`, input()),
  `{"messages":[${say('user', `[${image}]`)}],"messages":null}`,
];

const tokens = [
  output('{"role":"assistant","generation_token_ids":[1,2],"generation_log_probs":[-0.5]}'),
  output('{"type":"reasoning","prompt_token_ids":[]}'),
  output('{"type":"x","prompt_token_ids":[1],"prompt_token_ids":null}'),
  output('{"prompt_token_ids":[1],"generation_token_ids":null,"generation_log_probs":"x"}'),
  output('{"prompt_token_ids":[1],"generation_token_ids":[1],"generation_token_ids":null,"prompt_token_ids":{}}'),
  output('[{"generation_log_probs":[]}]', '[]'),
  output('{"content":[{"generation_token_ids":[1]}]}'),
  response('"generation_token_ids":[1]'),
  response('"generation_token_ids":[1]', '"generation_token_ids":5'),
  '{"response":{"generation_token_ids":[1]},"response":{}}',
  '{"response":{"generation_token_ids":[1]},"response":[]}',
  '{"generation_token_ids":[1]}',
];

const sampling = [
  '{"temperature":0.7,"top_p":1,"max_output_tokens":512,"model":"m","input":"i","tools":[],"instructions":"be brief"}',
  '{"temperature":1,"temperature":null,"reasoning":{"effort":"low"},"tool_choice":"auto","stop":["a"],"x":12345678901234567890}',
  '{"\\u0074op_p":0.5,"a\\"b":true,"":1}',
  '[1]',
  'null',
].map((params) => `{"responses_create_params":${params}}`);

const reasons = ['{"reason":"max_output_tokens"}', '{"reason":null}', '{"reason":{}}', '{"reason":1,"reason":"x"}', '["reason"]'].map(
  (details) => response(`"incomplete_details":${details}`),
);

const call = (name: string): string => `{"type":"function_call","name":${name}}`;
const chat = (...calls: string[]): string => `{"role":"assistant","tool_calls":[${calls.join(',')}]}`;
const tools = (...all: string[]): string => `{"responses_create_params":{"tools":[${all.join(',')}]}}`;

const names = [
  output(...['"a"', '"b"', '"a"', '""', 'null', '5', '"\\u0061"', '"a\\nb"', '"é\\"\\\\"', '["a"]', '{"name":"x"}'].map(call)),
  output(call('"a"'), call('"b"'), call('"a"')),
  output(
    '{"name":"late","type":"function_call"}',
    '{"type":"function_call","name":"a","name":"b"}',
    '{"type":"function_call","name":"a","name":null}',
  ),
  output('{"type":"message","name":"no"}', '{"name":"no"}', '{"type":"function_call_output","name":"no"}'),
  output(`[${call('"a"')}]`, `[${call('"b"')}]`, call('"c"'), `[[${call('"no"')}]]`),
  output(
    chat('{"function":{"name":"a"}}', '{"function":{"name":"b"}}'),
    chat('{"name":"no"}', '{"function":{"name":"a"},"function":{}}', '5'),
  ),
  output(chat('{"function":{"name":"a","name":"b"}}'), '{"role":"user","tool_calls":[{"function":{"name":"no"}}]}'),
  output('{"role":"assistant","tool_calls":[{"function":{"name":"no"}}],"tool_calls":[{"function":{"name":"a"}}]}'),
  output(
    '{"role":"assistant","tool_calls":[{"function":{"name":"no"}}],"tool_calls":null}',
    chat('{"function":[{"name":"no"}]}', '{"function":"no"}'),
  ),
  output(call(`"search_web"`), call(`"search"`), call(`"arch"`), call(`"search_web2"`)),
  output(...[511, 512, 513, 4096, 5000].map((length) => call(`"${'n'.repeat(length)}"`))),
  output(...Array.from({ length: 12 }, (_, i) => call(`"${'n'.repeat(340)}${i}"`))),
  output(...Array.from({ length: 257 }, (_, i) => call(`"${i}"`))),
  output(...Array.from({ length: 300 }, (_, i) => call(`"${i % 7}"`))),
  response(`"output":[${call('"no"')}]`, `"output":[${call('"a"')}]`),
  `{"response":{"output":[${call('"no"')}]},"response":{}}`,
  tools(
    '{"name":"a"}',
    '{"function":{"name":"b"}}',
    '{"name":"c","function":{"name":"no"}}',
    '{"name":"","function":{"name":"d"}}',
    '5',
    '[{"name":"no"}]',
  ),
  tools(
    '{"function":{"name":"no"},"name":"a"}',
    '{"function":{"name":"no"},"function":{}}',
    '{"name":"no","name":5,"function":{"name":"a"}}',
  ),
  tools('{"name":"a","parameters":{"name":"no","function":{"name":"no"}}}', '{"name":"a"}', '{"name":"a\\nb"}'),
  '{"responses_create_params":{"tools":[{"name":"no"}],"tools":[{"name":"a"}]}}',
  '{"responses_create_params":{"tools":[{"name":"no"}]},"responses_create_params":{}}',
  join(tools('{"name":"a"}', '{"name":"b"}'), output(call('"a"'))),
  join(output(call('"a"'), call('"b"')), tools('{"name":"b"}', '{"name":"a"}')),
];

export const itemEdges: readonly string[] = [
  ...types,
  ...roles,
  ...images,
  ...tokens,
  ...sampling,
  ...reasons,
  ...names,
  '{"responses_create_params":{"temperature":1},"responses_create_params":{}}',
  response('"incomplete_details":{"reason":"x"}', '"incomplete_details":{}'),
];
