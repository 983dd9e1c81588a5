import { appendFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import { saysAnywhere } from './independent-text.ts';
import { rolloutLine, writeFile } from './made-files.ts';
import { expectColumns, expectFirstLines, expectKept, good, open, thousands } from './sample-page.ts';

test('filter, undo, order and reader by keyboard alone, and all of it again from the address', async ({ app }) => {
  const { page, rollouts } = await open(app);
  const kept = rollouts.filter(good);
  await page.keyboard.press('f');
  await page.keyboard.type('rew');
  await page.keyboard.press('Tab');
  await page.keyboard.type('>= 0.5');
  await page.keyboard.press('Enter');
  await expectKept(page, kept.length, rollouts.length);
  await expect(page.getByTestId('chip-back')).toHaveText(`+${thousands(rollouts.length - kept.length)}`);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await expectKept(page, rollouts.length, rollouts.length);
  await page.keyboard.press('Control+Shift+z');
  await expectKept(page, kept.length, rollouts.length);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('sort reward highest');
  await page.keyboard.press('Enter');
  const best = Math.max(...kept.map(({ reward }) => reward ?? -Infinity));
  const first = kept.find(({ reward }) => reward === best);
  const grid = page.getByRole('grid', { name: 'Rollouts' });
  await expect(grid.getByRole('row').nth(1).getByRole('gridcell').nth(1)).toHaveText(thousands(first?.line ?? 0));
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const reader = page.getByRole('region', { name: 'Reader' });
  await expect(reader).toContainText(`1 of ${thousands(kept.length)}`);
  await expect(reader.getByRole('heading', { level: 2 })).toHaveAttribute('title', new RegExp(`line ${first?.line} of`));
  const address = page.url();
  await page.reload();
  await expect(reader).toContainText(`1 of ${thousands(kept.length)}`);
  await expectKept(page, kept.length, rollouts.length);
  expect(page.url()).toBe(address);

  await page.keyboard.press('Escape');
  await expect(reader).toHaveCount(0);
  await page.goBack();
  await expect(reader).toHaveCount(1);
  expect(app.complaints).toEqual([]);
});

test('a condition is changed in its chip, by its controls', async ({ app }) => {
  const { page, rollouts } = await open(app);
  await page.keyboard.press('f');
  await page.keyboard.type('reward >= 0.5');
  await page.keyboard.press('Enter');
  await page
    .getByTestId('chip')
    .getByRole('button', { name: /^reward/ })
    .click();
  await page.getByRole('textbox', { name: 'reward at least' }).last().fill('1');
  const kept = rollouts.filter(({ reward }) => reward !== null && reward >= 1);
  await expect(page.getByRole('form', { name: 'Change reward >= 0.5' })).toContainText(`Keeps ${thousands(kept.length)}`);
  await page.keyboard.press('Enter');
  await expectKept(page, kept.length, rollouts.length);

  await page.keyboard.press('f');
  await page.keyboard.type('reward < 0');
  await page.keyboard.press('Enter');
  const negative = rollouts.filter(({ reward }) => reward !== null && reward < 0);
  await expect(page.getByText('No rollout matches both conditions')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Without.*reward ≥ 1/ })).toContainText(`: ${thousands(negative.length)}`);
  await page.getByRole('button', { name: /^Without.*reward ≥ 1/ }).click();
  await expectKept(page, negative.length, rollouts.length);
  expect(app.complaints).toEqual([]);
});

test('all text is searched from the keyboard, down to the message', async ({ app }) => {
  const { page, rollouts } = await open(app);
  const wanted = rollouts.filter(({ text }) => saysAnywhere(text, 'saffron'));
  expect(wanted.length, 'the word must be in some rollouts, and not in all').toBeGreaterThan(1);
  expect(wanted.length).toBeLessThan(rollouts.length);
  await page.keyboard.press('/');
  await page.keyboard.type('SAFFRON');
  await page.keyboard.press('Enter');
  await expect(
    page.getByText(new RegExp(`hits in ${thousands(wanted.length)} rollouts of ${thousands(rollouts.length)} searched`)),
  ).toBeVisible();
  const passed = page.getByTestId('hit-bands').getByRole('row', { name: /passed/ });
  const passMark = Number(/≥ ([\d.]+)/.exec(await passed.getByRole('button').innerText())?.[1]);
  const hasPassed = ({ reward }: { reward: number | null }): boolean => reward !== null && reward >= passMark;
  const share = (rows: readonly unknown[], of: readonly unknown[]): string => `${thousands(rows.length)} of ${thousands(of.length)}`;
  await expect(passed).toContainText(share(wanted.filter(hasPassed), rollouts.filter(hasPassed)));
  const failed = rollouts.filter((rollout) => rollout.reward !== null && !hasPassed(rollout));
  const failedWanted = wanted.filter((rollout) => failed.includes(rollout));
  await expect(page.getByTestId('hit-bands').getByRole('row', { name: /failed/ })).toContainText(share(failedWanted, failed));
  const hits = page.getByRole('listbox', { name: 'Hits' });
  await expect(hits.getByRole('option').first()).toContainText(/saffron/i);
  await hits.focus();
  await page.keyboard.press('Enter');
  const reader = page.getByRole('region', { name: 'Reader' });
  await expect(reader.getByRole('heading', { level: 2 })).toHaveAttribute('title', new RegExp(`line ${wanted[0]?.line} of`));
  await expect(reader.locator('mark, [data-current]').first()).toContainText(/saffron/i);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keep only these' }).click();
  await expectKept(page, wanted.length, rollouts.length);
  expect(app.complaints).toEqual([]);
});

test('a link is pasted into the palette', async ({ app }) => {
  const { page, rollouts } = await open(app);
  const kept = rollouts.filter(good);
  await page.keyboard.press('Control+k');
  await page.keyboard.insertText(
    `app://rollscope/#filter=${encodeURIComponent('["reward >= 0.5"]')}&sort=[{"column":"line","descending":true}]`,
  );
  await expect(page.getByRole('dialog').getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expectKept(page, kept.length, rollouts.length);
  await expectFirstLines(page, [kept.at(-1)?.line ?? 0]);
  expect(app.complaints).toEqual([]);
});

test('what Gym wrote beside a file is joined, and switched off', async ({ app }) => {
  const keys = { _ng_task_index: 0, _ng_rollout_index: 0 };
  const file = writeFile(
    app.folder,
    'run.jsonl',
    `${rolloutLine('Yes.', keys)}\n${rolloutLine('No.', { ...keys, _ng_rollout_index: 1 })}\n`,
  );
  writeFile(app.folder, 'run_failures.jsonl', `${JSON.stringify({ ...keys, _ng_failure_class: 'judge_failed' })}\n`);
  const page = await app.open([file]);
  await expectKept(page, 2, 2);
  await page.getByRole('button', { name: /run\.jsonl/ }).click();
  await expect(page.getByText('1 attempt failed: 0 rollouts for good, 1 came later.')).toBeVisible();
  await page.getByRole('switch', { name: 'Join run_failures.jsonl' }).click();
  await expect(page.getByText('Not joined.')).toBeVisible();
  await page.keyboard.press('Escape');
  expect(app.complaints).toEqual([]);
});

test('a file that grows is followed: new rows are counted, gone to, and move nothing that is read', async ({ app }) => {
  const line = (index: number): string => `${rolloutLine(`Answer ${index}.`, { reward: (index * 37) % 100, _ng_task_index: index })}\n`;
  const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, offset) => line(from + offset)).join('');
  const file = writeFile(app.folder, 'growing.jsonl', lines(0, 300));
  const page = await app.open([file]);
  await expectKept(page, 300, 300);
  const grid = page.getByRole('grid', { name: 'Rollouts' });
  await expectColumns(page);
  await page.keyboard.press('Shift+R');
  await expect(grid.locator('[id=row-0] [data-column=line]')).toHaveText('28');
  await grid.evaluate((element) => (element.scrollTop = 28 * 100));
  const top = async (): Promise<string> =>
    await grid.evaluate((element) => {
      const edge = element.querySelector('[role=rowgroup]')?.getBoundingClientRect().bottom ?? 0;
      const rows = [...element.querySelectorAll('[role=row]')].filter((row) => Math.abs(row.getBoundingClientRect().top - edge) < 14);
      return rows.map((row) => row.textContent).join();
    });
  await expect.poll(top).toContain('Say something.');
  const before = await top();
  appendFileSync(file, lines(300, 350));
  await expectKept(page, 350, 350);
  await expect(page.getByText('Following the file ·')).toBeVisible();
  await expect.poll(async () => await grid.evaluate((element) => element.scrollTop)).toBeGreaterThan(28 * 100);
  expect(await top()).toBe(before);
  await page.getByRole('button', { name: '50 new rows' }).click();
  await expect(page).toHaveURL(/selected=300/);
  await expect(page.getByRole('button', { name: '50 new rows' })).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});
