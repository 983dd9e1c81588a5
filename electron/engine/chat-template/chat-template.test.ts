import { expect, test } from 'vitest';
import { parseJson } from '#shared/model/json.ts';
import { chatMl, ChatTemplate, readChatTemplate } from './index.ts';

const soon = (): number => performance.now() + 2000;
const render = (source: string, messages: readonly unknown[] = [], tools?: readonly unknown[]) =>
  new ChatTemplate(source, { name: 't.jinja' }).render({ messages, tools }, soon());

test('our own template renders messages, reasoning, calls and outputs, and says what is generated', () => {
  const messages = [
    { role: 'user', content: 'Weather?' },
    {
      role: 'assistant',
      content: '',
      reasoning_content: 'need it',
      tool_calls: [
        { type: 'function', function: { name: 'get', arguments: parseJson('{"t": 1.0, "n": 12345678901234567890, "s": "é"}') } },
      ],
    },
    { role: 'tool', content: '22C' },
    { role: 'assistant', content: 'Warm.' },
  ];
  const { text, generated } = chatMl.render({ messages, generationPrompt: true }, soon());
  expect(text).toBe(
    '<|im_start|>user\nWeather?<|im_end|>\n' +
      '<|im_start|>assistant\n<think>\nneed it\n</think>\n\n<tool_call>\n{"name": "get", "arguments": {"t": 1.0, "n": 12345678901234567890, "s": "é"}}\n</tool_call><|im_end|>\n' +
      '<|im_start|>user\n<tool_response>\n22C\n</tool_response><|im_end|>\n' +
      '<|im_start|>assistant\nWarm.<|im_end|>\n' +
      '<|im_start|>assistant\n',
  );
  expect(generated.map(([start, end]) => text.slice(start, end))).toEqual([
    '<think>\nneed it\n</think>\n\n<tool_call>\n{"name": "get", "arguments": {"t": 1.0, "n": 12345678901234567890, "s": "é"}}\n</tool_call><|im_end|>\n',
    'Warm.<|im_end|>\n',
  ]);
});

test('our own template is the same text for a conversation as for its messages one by one', () => {
  const messages = [
    { role: 'system', content: 'S' },
    { role: 'user', content: 'U' },
    {
      role: 'assistant',
      content: 'A',
      tool_calls: [{ function: { name: 'f', arguments: {} } }, { function: { name: 'g', arguments: {} } }],
    },
    { role: 'tool', content: '1' },
    { role: 'tool', content: '2' },
    { role: 'assistant', content: 'B' },
  ];
  const tools = [{ type: 'function', function: { name: 'f' } }];
  const apart = messages.map((message, i) => chatMl.render({ messages: [message], tools: i === 0 ? tools : undefined }, soon()).text);
  expect(apart.join('')).toBe(chatMl.render({ messages, tools }, soon()).text);
});

test('marks in the data are data', () => {
  const { text, generated } = chatMl.render({ messages: [{ role: 'assistant', content: '~#7.1#~ ~#8.2#~ x' }] }, soon());
  expect(text).toContain('~#7.1#~ ~#8.2#~ x');
  expect(generated).toHaveLength(1);
});

test('a syntax error names its line', () => {
  const broken = (source: string) => () => new ChatTemplate(source, { name: 't.jinja' });
  expect(broken('a\nb\n{% if x %}\nc')).toThrow(/t\.jinja, line 3, is no jinja/);
  expect(broken('a\n{{ x | }}\n')).toThrow(/line 2,/);
  expect(broken('a\n\n{% unknown %}')).toThrow(/line 3, .*unknown/i);
  expect(broken('{{ "x }}')).toThrow(/line 1,/);
  expect(broken('ok\n{% for m in messages %}\n{{ m }}\n{% endif %}')).toThrow(/line 4,/);
});

test('what goes wrong while it runs names its line, and what a template refuses is said in its words', () => {
  expect(() => render('{% if true %}\n{{ raise_exception("Roles must alternate.") }}{% endif %}')).toThrow(
    't.jinja, line 2, refuses this conversation: Roles must alternate.',
  );
  expect(() => render('a\nb {{ messages | nosuch }}')).toThrow(/t\.jinja, line 2, fails: .*nosuch/);
});

test('hostile templates end', () => {
  const fails = (source: string, deadlineMs = 300) => {
    const template = new ChatTemplate(source, { name: 't.jinja' });
    return () => template.render({ messages: [] }, performance.now() + deadlineMs);
  };
  const loops =
    '{% for a in range(2000) %}{% for b in range(2000) %}\n{% for c in range(2000) %}{{ "" }}{% endfor %}{% endfor %}{% endfor %}';
  expect(fails(loops)).toThrow(/t\.jinja, line \d, takes too long for one conversation: it may never end\. Choose another chat template/);
  expect(fails('\n{{ range(1000000000) }}')).toThrow(/line 2, asks for a range of more than/);
  expect(fails('{% set ns = namespace(s="x") %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}')).toThrow(/longer text/);
  expect(fails('{% set ns = namespace(s=[1]) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}')).toThrow(
    /a list of more/,
  );
  expect(fails('{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}')).toThrow(/calls itself without an end/);
  expect(() => new ChatTemplate(`{{ ${'('.repeat(50_000)}1${')'.repeat(50_000)} }}`, { name: 't.jinja' })).toThrow(/nested too deep/);
  expect(() => new ChatTemplate('x'.repeat(300_000), { name: 't.jinja' })).toThrow(/longer than 256 kB/);
  expect(() => new ChatTemplate(`a\nb${' '.repeat(200_000)}`, { name: 't.jinja' })).toThrow(/line 2, has more than 4,000 blanks/);
  expect(fails('{{ messages.constructor.constructor("return 1")() }}')).toThrow(/fails/);
});

test('a tokenizer_config.json names the template and its tokens', () => {
  const config = {
    chat_template: '{{ bos_token }}{{ messages[0].content }}',
    bos_token: { content: '<s>' },
    eos_token: '</s>',
    model_max_length: 1e30,
  };
  const template = readChatTemplate(JSON.stringify(config), 'tokenizer_config.json');
  expect(template.render({ messages: [{ role: 'user', content: 'hi' }] }, soon()).text).toBe('<s>hi');
  expect(template.tokens).toEqual({ bos_token: '<s>', eos_token: '</s>' });
  const several = [
    { name: 'tool_use', template: 'T' },
    { name: 'default', template: 'D' },
  ];
  expect(readChatTemplate(JSON.stringify({ chat_template: several }), 'c.json').render({ messages: [] }, soon()).text).toBe('D');
  expect(() => readChatTemplate('{}', 'tokenizer_config.json')).toThrow(/has no chat_template/);
  expect(() => readChatTemplate('{', 'tokenizer_config.json')).toThrow(/is no JSON/);
});

test('a filter that goes over a long text for minutes is stopped as well', () => {
  // Blanks before a word, of which a pattern looks for those at the end.
  const slow =
    "{% set ns = namespace(t=' ') %}{% for i in range(21) %}{% set ns.t = ns.t + ns.t %}{% endfor %}{{ (ns.t + 'x').rstrip() | length }}";
  const template = new ChatTemplate(slow, { name: 't.jinja' });
  const started = performance.now();
  const rendered = (): string => template.render({ messages: [] }, performance.now() + 300).text;
  try {
    expect(rendered()).toBe(String(2 ** 21 + 1));
  } catch (error) {
    expect(String(error)).toMatch(/takes too long for one conversation/);
  }
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('a million backslashes beside numbers are gone over once', () => {
  const slashes = '\\'.repeat(1_000_000);
  const call = { function: { name: 'f', arguments: parseJson('{"t": 1.0, "s": "\\\\\\\\"}') } };
  const { text } = chatMl.render({ messages: [{ role: 'assistant', content: slashes, tool_calls: [call] }] }, performance.now() + 60_000);
  expect(text).toContain(`${slashes}\n<tool_call>\n{"name": "f", "arguments": {"t": 1.0, "s": "\\\\\\\\"}}`);
});
