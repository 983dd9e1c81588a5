import path from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { rolloutLine, writeFile } from './made-files.ts';
import { projectRoot } from './paths.ts';

const answer = 'It weighs 1.5 kg.\nI am sure.';
const tokenizer = path.join(projectRoot, 'electron/engine/tokenizer/testing/bytes.tokenizer.json');

/** What is marked as trained on, line by line. */
const trainedLines = (pane: Locator): Promise<string[]> => pane.locator('mark').allTextContents();

test('the preview shows a row as its trainer reads it, by our template and tokens or by the user’s', async ({ app }) => {
  const page = await app.open([writeFile(app.folder, 'made.jsonl', `${rolloutLine(answer)}\n`)]);
  await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
  const lens = page.getByRole('region', { name: 'Export' });
  const step = (title: string): Promise<void> => lens.getByRole('list', { name: 'Steps' }).getByRole('button', { name: title }).click();
  await step('Target');
  await lens.locator('[data-target="nemo-rl/sft"]').click();
  await step('Preview');

  const pane = lens.getByRole('region', { name: 'Example as trained on' });
  await expect(pane).toContainText('<|im_start|>user');
  expect(await trainedLines(pane)).toEqual(['<|im_start|>assistant', ...`${answer}<|im_end|>`.split('\n')]);
  await expect(lens).toContainText(/trained ≈ \d+/);
  await expect(lens).toContainText('add_generation_prompt at false');

  await lens.focus();
  await page.keyboard.press('m');
  await expect(lens.getByRole('region', { name: 'Example as written' })).toContainText('"messages"');
  await page.keyboard.press('m');

  const template = lens.getByRole('group', { name: 'Chat template' });
  const source = (end: string): string =>
    `{% for message in messages %}\n{{ message.role }}: {{ message.content }}\n${end}\n{% if add_generation_prompt %}assistant: {% endif %}`;
  await template.locator('input').setInputFiles(writeFile(app.folder, 'broken.jinja', source('{% endfro %}')));
  await expect(template.getByRole('alert')).toContainText('broken.jinja, line 3,');
  await template.locator('input').setInputFiles(writeFile(app.folder, 'chat_template.jinja', source('{% endfor %}')));
  await expect(pane).toContainText('user: Say something.');
  expect((await trainedLines(pane)).join('\n')).toContain(answer);

  const words = lens.getByRole('group', { name: 'Tokenizer' });
  await words.locator('input').setInputFiles(tokenizer);
  await expect(words).toContainText('BPE');
  await expect(lens).toContainText(/trained \d+/);
  await expect(lens.getByLabel('token edges')).toBeChecked();

  // A template that refuses says where, and the way back is beside it.
  const refusing = writeFile(app.folder, 'strict.jinja', '{% if messages %}\n{{ raise_exception("No users here.") }}{% endif %}');
  await template.locator('input').setInputFiles(refusing);
  await expect(lens.getByRole('alert')).toContainText('strict.jinja, line 2, refuses this conversation: No users here.');
  await template.getByRole('button', { name: 'Without: Chat template' }).click();
  await expect(pane).toContainText('<|im_start|>user');
});
