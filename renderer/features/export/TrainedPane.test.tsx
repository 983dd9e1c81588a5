import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { fakeHandlers } from '../../testing/fake-engine.ts';
import { withMadePanels } from '../../testing/made-handlers.ts';
import { giveLayout, showPanel, type FakeHandlers } from '../../testing/show-panel.tsx';
import { ExportLens } from './ExportLens.tsx';
import { ExportSessionProvider } from './export-session.tsx';

beforeAll(giveLayout);
beforeEach(() => window.history.replaceState(null, '', '/'));

async function showPreview(handlers: FakeHandlers = {}): Promise<void> {
  const lens = (
    <ExportSessionProvider>
      <ExportLens onRead={() => undefined} onClose={() => undefined} />
    </ExportSessionProvider>
  );
  await showPanel(lens, { ...withMadePanels(fakeHandlers()), ...handlers });
  await screen.findByText('rollouts in the file');
  await userEvent.click(within(screen.getByRole('list', { name: 'Steps' })).getByRole('button', { name: /Preview/ }));
}

const trained = (): Promise<HTMLElement> => screen.findByRole('region', { name: 'Example as trained on' });

test('what is trained on is marked and counted, what is not is quiet; m shows the row as written', async () => {
  await showPreview();
  const pane = await trained();
  expect([...pane.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['F = m a<|im_end|>']);
  expect(pane.textContent).toContain('user≈ 9');
  expect(screen.getByText(/add_generation_prompt at false/)).toBeTruthy();
  expect(screen.getByText(/trained ≈\s*7/).textContent).toContain('masked ≈ 12');
  screen.getByRole('region', { name: 'Export' }).focus();
  await userEvent.keyboard('m');
  await screen.findByRole('region', { name: 'Example as written' });
  await userEvent.click(screen.getByRole('radio', { name: 'As trained on' }));
  await trained();
});

test('a tokenizer chosen in the system’s dialog counts, and goes again', async () => {
  const info = fakeHandlers()['shell.info'];
  await showPreview({
    'shell.info': async (input, context) => ({ ...(await info(input, context)), shell: 'desktop' }),
    'shell.chooseFile': async () => ({ grant: 'words', kind: 'files', name: 'tokenizer.json', detail: '~', bytes: 1 }),
  });
  await trained();
  await userEvent.click(await screen.findByRole('button', { name: 'Choose: Tokenizer' }));
  await screen.findByText('tokenizer.json · BPE, 3 tokens');
  await waitFor(() => expect(screen.getByText(/trained 7/).textContent).not.toContain('≈'));
  expect(screen.getByRole('checkbox', { name: 'token edges' })).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Without: Tokenizer' }));
  await screen.findByText('none: tokens are estimated');
});

test('what is wrong with a file stands beside it, what a template refuses in the place of the text', async () => {
  const info = fakeHandlers()['shell.info'];
  await showPreview({
    'shell.info': async (input, context) => ({ ...(await info(input, context)), shell: 'desktop' }),
    'shell.chooseFile': async () => ({ grant: 'words', kind: 'files', name: 'a.json', detail: '~', bytes: 1 }),
    'chat.read': async () => {
      throw new AppError('bad-input', 'a.json has no chat_template.');
    },
    'export.trained': async () => {
      throw new AppError('bad-input', 't.jinja, line 2, refuses this conversation: No.');
    },
  });
  await screen.findByText('t.jinja, line 2, refuses this conversation: No.');
  await userEvent.click(await screen.findByRole('button', { name: 'Choose: Chat template' }));
  expect((await screen.findByText('a.json has no chat_template.')).getAttribute('role')).toBe('alert');
});
