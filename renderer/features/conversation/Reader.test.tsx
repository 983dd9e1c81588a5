import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Message } from '#shared/model/conversation.ts';
import type { RolloutDetail } from '#shared/model/rollout.ts';
import { useView } from '../../state/use-view.tsx';
import { giveLayout, showPanel, type FakeHandlers } from '../../testing/show-panel.tsx';
import { Reader } from './Reader.tsx';

beforeAll(giveLayout);
beforeEach(() => window.history.replaceState(null, '', '/'));

function rollout(messages: Message[], more: Partial<Extract<RolloutDetail, { kind: 'rollout' }>> = {}): FakeHandlers {
  return {
    'rollout.read': async ({ row }) => ({
      kind: 'rollout',
      row,
      file: 'a.jsonl',
      bytes: 100,
      line: row + 1,
      byteOffset: 0,
      reward: 1,
      task: '7',
      agent: 'math',
      rollout: row,
      promptMessages: 1,
      messages,
      tools: [],
      metrics: { reward: 1 },
      problems: [],
      unknownItems: [],
      fields: [{ name: 'reward', value: 1 }],
      request: {},
      siblings: [
        { row: 4, rollout: 4, metric: 0 },
        { row: 5, rollout: 5, metric: 1 },
        { row: 6, rollout: 6 },
      ],
      ...more,
    }),
  };
}

/** The reader as the page mounts it: on the row that the view names. */
function Mounted() {
  const { view } = useView();
  return <Reader row={view.reader?.row ?? 5} full={false} />;
}

const call = (id: string, name: string, given: string) => ({ id, type: 'function' as const, function: { name, arguments: given } });

test('hostile text, links and pictures stay text: nothing is rendered, run or fetched', async () => {
  const hostile =
    '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script><a href="javascript:alert(1)">x</a> [y](https://evil.example/)';
  await showPanel(
    <Mounted />,
    rollout([
      { role: 'system', content: hostile },
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://evil.example/spy.png' } }] },
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/svg+xml;base64,PHN2Zy8+' } }] },
      {
        role: 'assistant',
        content: `\`\`\`html\n${hostile}\n\`\`\``,
        reasoning_content: hostile,
        tool_calls: [call('a', hostile, JSON.stringify({ [hostile]: hostile })), call('b', 'run', hostile)],
      },
      { role: 'tool', tool_call_id: 'a', content: hostile },
    ]),
  );
  await screen.findAllByText(/evil\.example/);
  const reader = screen.getByRole('region', { name: 'Reader' });
  expect(reader.querySelectorAll('img, script, a, iframe, object, embed, video, audio, link, style')).toHaveLength(0);
  expect(reader.innerHTML).toContain('&lt;script&gt;');
  expect('pwned' in window).toBe(false);
});

test('a picture whose bytes are in the file is shown', async () => {
  const { container } = await showPanel(
    <Mounted />,
    rollout([{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }] }]),
  );
  await waitFor(() => expect(container.querySelectorAll('img')).toHaveLength(1));
});

test('a short call and its output stand on one line, a long output is folded below', async () => {
  const lines = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n');
  await showPanel(
    <Mounted />,
    rollout([
      { role: 'assistant', content: '', tool_calls: [call('a', 'measure', '{"mass": 1.0, "unit": null}'), call('b', 'list', '{}')] },
      { role: 'tool', tool_call_id: 'a', content: '6.674e-05' },
      { role: 'tool', tool_call_id: 'b', content: lines },
    ]),
  );
  const [measure, list] = await screen.findAllByRole('article');
  expect(measure?.textContent).toBe('Tool callmeasuremass 1.0+16.674e-05');
  expect(list?.textContent).toContain('line 11');
  expect(list?.textContent).not.toContain('line 12');
  await userEvent.click(within(list!).getByRole('button', { name: 'Show all 40 lines' }));
  expect(list?.textContent).toContain('line 39');
});

test('reasoning shows its first line; o opens everything, and folds it again', async () => {
  await showPanel(<Mounted />, rollout([{ role: 'assistant', content: 'Done.', reasoning_content: 'First thought.\nSecond thought.' }]));
  await screen.findByText('First thought.');
  expect(screen.queryByText(/Second thought/)).toBeNull();
  await userEvent.keyboard('o');
  expect(screen.getByText(/Second thought/)).toBeTruthy();
  await userEvent.keyboard('o');
  expect(screen.queryByText(/Second thought/)).toBeNull();
});

test('find counts, goes on with Enter, and unfolds what hides a hit', async () => {
  await showPanel(
    <Mounted />,
    rollout([
      { role: 'user', content: 'Vary the distance.' },
      { role: 'assistant', content: 'Done.', reasoning_content: 'First.\nThe Distance is squared.' },
    ]),
  );
  await screen.findByText('First.');
  await userEvent.keyboard('/');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('searchbox')));
  await userEvent.keyboard('distance');
  expect(screen.getByText('1 / 2')).toBeTruthy();
  await userEvent.keyboard('{Enter}');
  expect(screen.getByText('2 / 2')).toBeTruthy();
  expect(document.querySelector('mark[data-current]')?.textContent).toBe('Distance');
  await userEvent.keyboard('{Escape}');
  expect(document.querySelectorAll('mark')).toHaveLength(0);
});

test('j and k walk the steps, and the address names the message', async () => {
  await showPanel(
    <Mounted />,
    rollout([
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'Two' },
      { role: 'user', content: 'Three' },
    ]),
  );
  await screen.findAllByText('One');
  await userEvent.keyboard('jjj');
  expect(screen.getByRole('article', { current: 'step' }).textContent).toContain('Three');
  expect(window.location.hash).toContain('message=2');
  await userEvent.keyboard('k');
  expect(screen.getByRole('article', { current: 'step' }).textContent).toContain('Two');
});

test('arrows go to siblings, n and p through the filter; hidden kinds stay hidden there', async () => {
  await showPanel(
    <Mounted />,
    rollout([
      { role: 'system', content: 'Be exact.' },
      { role: 'user', content: 'Go' },
    ]),
  );
  await screen.findByText('Be exact.');
  await userEvent.click(screen.getByRole('button', { name: 'System 1' }));
  expect(screen.queryByText('Be exact.')).toBeNull();
  screen.getByRole('region', { name: 'Conversation' }).focus();
  await userEvent.keyboard('{ArrowRight}');
  await screen.findByText(/rollout 6/);
  await userEvent.keyboard('p');
  await screen.findByText(/rollout 5/);
  expect(screen.queryByText('Be exact.')).toBeNull();
});

test('a conversation of 2,000 messages puts only what is in view into the page', async () => {
  const messages = Array.from({ length: 2000 }, (_, index): Message => ({
    role: index % 2 ? 'assistant' : 'user',
    content: `Message ${index}`,
  }));
  await showPanel(<Mounted />, rollout(messages));
  await screen.findAllByText('Message 0');
  expect(screen.getAllByRole('article').length).toBeLessThan(60);
});

test('an invalid line shows its byte, its reason and what to do', async () => {
  await showPanel(<Mounted />, {
    'rollout.read': async ({ row }) => ({
      kind: 'invalid',
      row,
      file: 'a.jsonl',
      line: 6,
      offset: 4,
      byteOffset: 1204,
      rule: 'json/invalid',
      message: "expected ',' or '}'",
      preview: '{"a" 1}',
      bytes: 7,
    }),
    'rollout.raw': async ({ range }) => ({ text: '{"a" 1}'.slice(range.start, range.end), bytes: 7 }),
    'problems.list': async () => ({
      rules: 34,
      asked: 34,
      problems: [
        {
          rule: 'json/invalid',
          severity: 'error',
          count: 1,
          rows: 1,
          title: 'Line is not JSON',
          meaning: 'No reader can take it.',
          remedy: 'Write it again.',
          examples: [],
        },
      ],
    }),
  });
  await screen.findByText('Line 6 is no rollout');
  expect(screen.getByText("expected ',' or '}'")).toBeTruthy();
  expect(screen.getByText('1,204')).toBeTruthy();
  await screen.findByText('Write it again.');
  await waitFor(() => expect(screen.getByLabelText('The line around the offending byte').textContent).toBe('{"a" 1}\n    ^'));
});
