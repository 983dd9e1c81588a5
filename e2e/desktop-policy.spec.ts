import { expect, test } from './fixtures.ts';
import { rolloutLine, writeFile } from './made-files.ts';

test('the window goes nowhere else and opens no other', async ({ app }) => {
  const page = await app.open([writeFile(app.folder, 'a.jsonl', `${rolloutLine('hello')}\n`)]);
  const counts = page.getByTestId('counts');
  await expect(counts).toContainText('1 of 1 rollout');
  expect(new URL(page.url()).protocol).toBe('app:');
  expect(await page.evaluate(() => window.open('https://example.invalid/') === null)).toBe(true);
  // Asked and looked at in one go: if the page did leave, this call would fail with it.
  const after = await page.evaluate(async () => {
    window.location.assign('https://example.invalid/');
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { address: window.location.protocol, windows: window.length, counts: document.querySelector('[data-testid=counts]') !== null };
  });
  expect(after).toEqual({ address: 'app:', windows: 0, counts: true });
  expect(page.context().pages().length).toBe(1);
});

test('the bridge carries messages and nothing else', async ({ app }) => {
  const page = await app.open([writeFile(app.folder, 'a.jsonl', `${rolloutLine('hello')}\n`)]);
  await expect(page.getByTestId('counts')).toBeVisible();
  const bridge = await page.evaluate(() => Object.keys(Reflect.get(window, 'rollscope') as object).sort());
  expect(bridge).toEqual(['onClose', 'onDrop', 'receive', 'send']);
});
