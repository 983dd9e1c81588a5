import { expect, test } from 'vitest';
import type { Message } from '#shared/model/conversation.ts';
import { BlockBuilder, conversationBlocks, segmentsOf, type Block } from './blocks.ts';

function call(id: string | undefined, name: string, given = '{}') {
  return { ...(id === undefined ? {} : { id }), type: 'function' as const, function: { name, arguments: given } };
}
function output(id: string, content: string): Message {
  return { role: 'tool', content, tool_call_id: id };
}
function outline(blocks: readonly Block[]): string[] {
  return blocks.map((block) => {
    if (block.kind !== 'tool') return `${block.message} ${block.kind}`;
    const text = block.output?.map((part) => (part.kind === 'text' ? part.text : part.kind)).join() ?? 'unanswered';
    return `${block.message} ${block.called ? '' : 'orphan '}${block.name} → ${text}`;
  });
}

test('an assistant message reads as reasoning, text, then its calls with their outputs', () => {
  const blocks = conversationBlocks([
    { role: 'system', content: 'Be exact.' },
    { role: 'user', content: 'Measure.' },
    { role: 'assistant', content: 'I will.', reasoning_content: 'Two runs.', tool_calls: [call('a', 'run'), call('b', 'stop')] },
    output('b', 'stopped'),
    output('a', '6.674e-05'),
    { role: 'assistant', content: 'Done.' },
  ]);
  expect(outline(blocks)).toEqual([
    '0 system',
    '1 user',
    '2 reasoning',
    '2 assistant',
    '2 run → 6.674e-05',
    '2 stop → stopped',
    '5 assistant',
  ]);
});

test('an id that is used again joins each output to its own turn', () => {
  const blocks = conversationBlocks([
    { role: 'assistant', content: '', tool_calls: [call('call_0', 'run')] },
    output('call_0', 'first'),
    { role: 'assistant', content: '', tool_calls: [call('call_0', 'run')] },
    output('call_0', 'second'),
  ]);
  expect(outline(blocks)).toEqual(['0 run → first', '2 run → second']);
});

test('a call without output and an output without call are both shown', () => {
  const blocks = conversationBlocks([{ role: 'assistant', content: '', tool_calls: [call('a', 'run')] }, output('z', 'lost')]);
  expect(outline(blocks)).toEqual(['0 run → unanswered', '1 orphan z → lost']);
});

test('a message that says nothing at all is still a step', () => {
  expect(outline(conversationBlocks([{ role: 'assistant', content: '' }]))).toEqual(['0 assistant']);
});

test('arguments are pairs with numbers as written; those that are no object stay raw', () => {
  const [pairs, raw] = conversationBlocks([
    {
      role: 'assistant',
      content: '',
      tool_calls: [call('a', 'run', '{"mass": 1.0, "note": "a\\nb", "unit": null}'), call('b', 'run', 'mass=1')],
    },
  ]);
  expect(pairs?.kind === 'tool' && pairs.pairs).toEqual([
    { name: 'mass', text: '1.0', kind: 'other' },
    { name: 'note', text: 'a\nb', kind: 'text' },
    { name: 'unit', text: 'null', kind: 'null' },
  ]);
  expect(raw?.kind === 'tool' && [raw.pairs, raw.raw]).toEqual([null, 'mass=1']);
});

test('items of unknown type end the transcript', () => {
  const blocks = conversationBlocks([{ role: 'user', content: 'x' }], [{ type: 'web_search_call', status: 'completed' }]);
  expect(outline(blocks)).toEqual(['0 user', '1 unknown']);
  expect(segmentsOf(blocks[1]!)[0]?.text).toContain('web_search_call');
});

test('built a few messages at a time the steps are the same', () => {
  const messages: Message[] = Array.from({ length: 30 }, (_, at) => [
    { role: 'assistant' as const, content: `step ${at}`, reasoning_content: 'so', tool_calls: [call(`c${at % 3}`, 'run')] },
    output(`c${at % 3}`, `output ${at}`),
  ]).flat();
  const builder = new BlockBuilder(messages, [{ type: 'odd' }]);
  const counts: number[] = [];
  while (!builder.isWhole) {
    let pieces = 0;
    builder.build(() => pieces++ < 7);
    counts.push(builder.blocks.length);
  }
  expect(counts.length).toBeGreaterThan(5);
  expect(builder.blocks).toEqual(conversationBlocks(messages, [{ type: 'odd' }]));
});
