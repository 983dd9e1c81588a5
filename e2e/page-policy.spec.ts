import { expect, test } from './fixtures.ts';
import { readFirstRow } from './reading.ts';
import { rolloutLine, writeFile } from './made-files.ts';

const hostile = [
  '<img src="https://example.invalid/pixel.png" onerror="window.hacked = 1">',
  '<script>window.hacked = 2</script>',
  '<iframe src="https://example.invalid/"></iframe>',
  '[a link](javascript:window.hacked=3) ![image](https://example.invalid/i.png)',
  '<style>body { display: none }</style>',
].join('\n\n');

test('nothing in a rollout is executed or fetched', async ({ app }) => {
  const file = writeFile(
    app.folder,
    'hostile.jsonl',
    `${rolloutLine(hostile, { note: hostile, agent_ref: { name: hostile.slice(0, 60) } })}\n`,
  );
  const page = await app.open([file]);
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  await readFirstRow(page);
  const conversation = page.getByRole('region', { name: 'Conversation' });
  await expect(conversation).toContainText('<script>window.hacked = 2</script>');
  for (const tab of await page.getByRole('tablist', { name: 'Reader' }).getByRole('tab').all()) await tab.click();
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await expect(page.locator('iframe, img[src^="http"], a[href^="javascript"], body script:not([src])')).toHaveCount(0);
  expect(requested.filter((url) => url.includes('example.invalid'))).toEqual([]);
  expect(app.complaints).toEqual([]);
});

test('the page cannot run text as code, style itself from outside, or talk to anyone else', async ({ app }) => {
  const page = await app.open([writeFile(app.folder, 'a.jsonl', `${rolloutLine('hello')}\n`)]);
  await expect(page.getByRole('grid', { name: 'Rollouts' })).toBeVisible();
  // Playwright's own evaluate may run text whatever the policy says; a timer of the page may not.
  const evaluated = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            // oxlint-disable-next-line typescript/no-implied-eval -- that it is refused is what this test is about
            new Function('return 1')();
            resolve('allowed');
          } catch (error) {
            resolve(error instanceof EvalError ? 'refused' : String(error));
          }
        });
      }),
  );
  expect(evaluated).toBe('refused');
  const rest = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineScript = true';
    document.head.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { color: red }';
    document.head.append(style);
    return {
      inlineScript: 'inlineScript' in window,
      style: (style.sheet?.cssRules.length ?? 0) > 0,
      fetched: await fetch('https://example.invalid/').then(
        () => true,
        () => false,
      ),
      node: 'require' in window || 'process' in window,
    };
  });
  expect(rest).toEqual({ inlineScript: false, style: false, fetched: false, node: false });
});
