import { expect, test } from 'vitest';
import { writeJson } from '#shared/model/json.ts';
import { canonicalConversation, type ConversationOptions } from './canonical.ts';
import { parseRollout } from './read-row.ts';

function read(row: string, options: Partial<ConversationOptions> = {}) {
  return canonicalConversation(parseRollout(new TextEncoder().encode(row)), { reasoning: 'separate', arguments: 'parsed', ...options });
}
function rules(row: string): string[] {
  return read(row).problems.map(({ rule, at }) => `${rule} ${at ?? ''}`.trim());
}
const said = (text: string): string =>
  `{"type":"message","role":"assistant","content":[{"type":"output_text","text":${JSON.stringify(text)}}]}`;
const row = (input: string, output: string, more = ''): string =>
  `{"responses_create_params":{"input":${input}${more}},"response":{"output":${output}}}`;

const weather = row(
  '[{"role":"developer","content":"Be brief."},{"role":"user","content":[{"type":"input_text","text":"Paris?"}]}]',
  `[{"type":"reasoning","summary":[{"type":"summary_text","text":"need"},{"type":"summary_text","text":"tool"}]},
    {"type":"function_call","call_id":"c1","name":"get","arguments":"{\\"at\\": 1.0, \\"id\\": 9007199254740993}","prompt_token_ids":[1]},
    {"type":"function_call_output","call_id":"c1","output":"22C"},${said('It is')},${said(' 22C.')}]`,
  ',"instructions":"Help.","tools":[{"type":"function","name":"get","description":"d","parameters":{"maximum":1.0},"strict":true},{"type":"web_search"}]',
);

test('items become messages in canonical form', () => {
  const made = read(weather);
  expect(made.messages).toEqual([
    { role: 'system', content: 'Help.\n\nBe brief.' },
    { role: 'user', content: 'Paris?' },
    {
      role: 'assistant',
      content: '',
      reasoning_content: 'need\n\ntool',
      tool_calls: [expect.objectContaining({ id: 'c1', type: 'function' })],
    },
    { role: 'tool', tool_call_id: 'c1', name: 'get', content: '22C' },
    { role: 'assistant', content: 'It is 22C.' },
  ]);
  expect(made.promptMessages).toBe(2);
  expect(writeJson(made.messages[2]?.tool_calls?.[0]?.function)).toBe('{"name":"get","arguments":{"at":1.0,"id":9007199254740993}}');
  expect(writeJson(made.tools)).toBe('[{"type":"function","function":{"name":"get","description":"d","parameters":{"maximum":1.0}}}]');
  expect(rules(weather)).toEqual(['tool/not-function responses_create_params.tools[1]']);
});

test('arguments as text are those of the file', () => {
  const made = read(weather, { arguments: 'text' });
  expect(made.messages[2]?.tool_calls?.[0]?.function.arguments).toBe('{"at": 1.0, "id": 9007199254740993}');
});

test('reasoning stands beside, inside, or nowhere', () => {
  const inline = read(weather, { reasoning: 'inline' }).messages[2];
  expect(inline).toMatchObject({ content: '<think>\nneed\n\ntool\n</think>\n\n' });
  expect(inline).not.toHaveProperty('reasoning_content');
  expect(read(weather, { reasoning: 'drop' }).messages[2]).toMatchObject({ content: '' });
});

test('an assistant who says nothing is left out', () => {
  const silent = row('"hi"', '[{"type":"reasoning","summary":[]}]');
  expect(read(silent).messages).toEqual([{ role: 'user', content: 'hi' }]);
  expect(rules(silent)).toEqual(['conversation/no-assistant']);
  const thinking = row('"hi"', '[{"type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"hm"}]}]');
  expect(read(thinking).messages.at(-1)).toEqual({ role: 'assistant', content: '', reasoning_content: 'hm' });
  expect(read(thinking, { reasoning: 'drop' }).messages).toHaveLength(1);
});

test('images keep the content a list of parts', () => {
  const made = read(
    row('[{"role":"user","content":[{"type":"input_text","text":"see"},{"type":"input_image","image_url":"data:x"}]}]', `[${said('ok')}]`),
  );
  expect(made.messages[0]?.content).toEqual([
    { type: 'text', text: 'see' },
    { type: 'image_url', image_url: { url: 'data:x', detail: 'auto' } },
  ]);
});

test('without input, what precedes the assistant is the prompt', () => {
  const made = read(
    row('[]', `[{"role":"system","content":"s"},{"role":"user","content":"q"},${said('a')},{"role":"user","content":"more"}]`),
  );
  expect(made.promptMessages).toBe(2);
});

test('what does not fit is said, with its place', () => {
  const odd = row(
    '"hi"',
    `[{"type":"web_search_call","id":"w"},{"type":"function_call","call_id":"c1","name":"f","arguments":"[1]"},
      {"type":"function_call_output","call_id":"other","output":"x"},
      {"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"No."}]}]`,
  );
  expect(rules(odd)).toEqual([
    'item/unknown-type response.output[0]',
    'content/refusal response.output[3].content[0]',
    'output/without-call response.output[2]',
    'call/without-output response.output[1].arguments',
    'arguments/not-object response.output[1].arguments',
  ]);
  const made = read(odd);
  expect(made.unknownItems).toEqual([{ type: 'web_search_call', id: 'w' }]);
  expect(made.messages[1]?.tool_calls?.[0]?.function.arguments).toBe('[1]');
  expect(made.messages.at(-1)).toEqual({ role: 'assistant', content: 'No.' });
});

test('one id used in two turns: each output takes the name of its own call', () => {
  const call = (name: string): string =>
    `{"type":"function_call","call_id":"c","name":"${name}","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"o"}`;
  const made = read(row('"hi"', `[${call('first')},${call('second')}]`));
  expect(made.messages.filter(({ role }) => role === 'tool').map(({ name }) => name)).toEqual(['first', 'second']);
  expect(made.problems).toEqual([]);
});

test('of nested output the last list is read, without the prompt it repeats', () => {
  const made = read(
    row('[{"role":"user","content":"q"}]', `[[{"role":"user","content":"q"}],[{"role":"user","content":"q"},${said('a')}]]`),
  );
  expect(made.messages.map(({ content }) => content)).toEqual(['q', 'a']);
  expect(made.promptMessages).toBe(1);
});

test('chat messages: a repeated output is cut, tool calls stand inline, a call may hold an object', () => {
  const older = `{"messages":[{"role":"user","content":"Paris?"},
    {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"get","arguments":{"x":2.0}}}]},
    {"role":"tool","tool_call_id":"c1","content":"22"},{"role":"assistant","reasoning_content":"easy","content":"22."}],
    "response":{"output":[${said('22.')}]}}`;
  const made = read(older);
  expect(made.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
  expect(writeJson(made.messages[1]?.tool_calls?.[0]?.function.arguments)).toBe('{"x":2.0}');
  expect(read(older, { arguments: 'text' }).messages[1]?.tool_calls?.[0]?.function.arguments).toBe('{"x":2.0}');
  expect(made.messages[2]?.name).toBe('get');
  expect(made.promptMessages).toBe(3);
});

test('messages alone are the whole conversation, prompt up to the last user', () => {
  const made = read('{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"7"}],"reward":1.0}');
  expect(made).toMatchObject({ promptMessages: 1, hasResponse: true });
  expect(read('{"messages":[{"role":"user","content":"a"}]}').hasResponse).toBe(false);
});

test.each(['"7"', '{"choices":[{"message":{"role":"assistant","content":"7"}}]}'])('a response that is %s', (response) => {
  const made = read(`{"responses_create_params":{"input":"prime?"},"response":${response}}`);
  expect(made.messages).toEqual([
    { role: 'user', content: 'prime?' },
    { role: 'assistant', content: '7' },
  ]);
});

test('a row without a response is its prompt', () => {
  const made = read('{"responses_create_params":{"input":"q"},"response":null}');
  expect(made).toMatchObject({ hasResponse: false, promptMessages: 1, messages: [{ role: 'user', content: 'q' }] });
  expect(rules('{"response":{"output":[],"incomplete_details":{"reason":"max_output_tokens"}}}')).toEqual([
    'response/empty response.output',
    'response/truncated response.incomplete_details',
    'conversation/no-assistant',
  ]);
});

test.each(['{"response":5,"responses_create_params":[],"messages":{}}', '{"messages":[1,null,[]],"tools":[null,"x"]}', '{}'])(
  'hostile shapes are findings, never exceptions: %s',
  (odd) => {
    expect(rules(odd).length).toBeGreaterThan(0);
  },
);
