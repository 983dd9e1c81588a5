import type { Locator, Page } from '@playwright/test';
import { draftOf } from './drafts.ts';
import { expect, test } from './fixtures.ts';
import { good, open, thousands } from './sample-page.ts';

test.use({ hasTouch: true });

type Point = readonly [x: number, y: number];

/** A finger that goes down, along the points and up: the browser makes of it what it makes of any finger, scrolling too. */
async function drag(page: Page, points: readonly Point[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]): Promise<unknown> =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  const [first, ...others] = points.map(([x, y]) => ({ x, y }));
  if (first === undefined) throw new Error('a drag begins somewhere');
  let last = first;
  await send('touchStart', [first]);
  for (const to of others) {
    for (let step = 1; step <= 6; step++) {
      await send('touchMove', [{ x: last.x + ((to.x - last.x) * step) / 6, y: last.y + ((to.y - last.y) * step) / 6 }]);
    }
    last = to;
  }
  await send('touchEnd', []);
  await session.detach();
}

/** At once after a drag the browser takes a tap for none, so it is made again. */
async function tapUntilGone(button: Locator): Promise<void> {
  await expect(async () => {
    if (await button.isVisible()) await button.tap();
    await expect(button).toHaveCount(0, { timeout: 1000 });
  }).toPass();
}

async function boxOf(page: Page, name: string): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.getByRole('slider', { name }).boundingBox();
  if (box === null) throw new Error(`${name} is not on screen`);
  return box;
}

/** Where the two bounds of the reward stand while there are none: the ends of its axis. */
async function axis(page: Page): Promise<{ at: (share: number) => number; y: number }> {
  const [least, most] = [await boxOf(page, 'reward at least'), await boxOf(page, 'reward at most')];
  const left = least.x + least.width / 2;
  const width = most.x + most.width / 2 - left;
  return { at: (share) => left + width * share, y: least.y + least.height / 2 };
}

test('a finger drags a handle, the bars and the pass mark, and what it drafts is used', async ({ app }) => {
  const { page, rollouts } = await open(app);
  const { at, y } = await axis(page);
  await drag(page, [
    [at(0), y],
    [at(0.3), y],
    [at(0.62), y],
  ]);
  await expect.poll(() => draftOf(page)).toMatch(/^reward >= \S+$/);
  const handle = await boxOf(page, 'reward at least');
  expect(handle.x).toBeGreaterThan(at(0.45));
  expect(handle.x).toBeLessThan(at(0.75));

  await drag(page, [
    [at(0.2), y],
    [at(0.8), y + 2],
  ]);
  await expect.poll(() => draftOf(page)).toMatch(/^reward between \S+ and \S+$/);

  // A tap is a click: all above it. It goes where neither a handle nor the pass mark takes it.
  await page.touchscreen.tap(at(0.6), y);
  await expect.poll(() => draftOf(page)).toMatch(/^reward >= \S+$/);

  const passMark = page.getByRole('slider', { name: 'Pass mark of reward' });
  const before = Number(await passMark.getAttribute('aria-valuenow'));
  const mark = await boxOf(page, 'Pass mark of reward');
  await drag(page, [
    [mark.x + mark.width / 2, y],
    [at(0.9), y],
  ]);
  expect(Number(await passMark.getAttribute('aria-valuenow'))).toBeGreaterThan(before);

  await tapUntilGone(page.getByRole('button', { name: 'Use as filter' }));
  const condition = Number(/^reward >= (\S+)$/.exec((await page.locator('[data-chip]').getAttribute('title')) ?? '')?.[1]);
  const kept = rollouts.filter(({ reward }) => reward !== null && reward >= condition);
  await expect(page.getByTestId('counts')).toContainText(`${thousands(kept.length)} of ${thousands(rollouts.length)}`);
  expect(app.complaints).toEqual([]);
});

test('a finger that scrolls the rail over the bars drafts nothing', async ({ app }) => {
  const { page } = await open(app);
  const { at, y } = await axis(page);
  await drag(page, [
    [at(0.5), y],
    [at(0.5), y - 120],
  ]);
  await expect(page.getByTestId('draft-chip')).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

test('rows are read, and columns dragged over, by finger', async ({ app }) => {
  const { page, rollouts } = await open(app);
  const grid = page.getByRole('grid', { name: 'Rollouts' });
  const chart = grid.getByRole('img', { name: /^Histogram of reward/ });
  await expect(chart).toBeVisible();
  const bars = await chart.boundingBox();
  if (bars === null) throw new Error('the head of reward has bars');
  const y = bars.y + bars.height / 2;
  await drag(page, [
    [bars.x + bars.width * 0.6, y],
    [bars.x + bars.width - 4, y],
  ]);
  await expect.poll(() => draftOf(page)).toMatch(/^reward /);
  await tapUntilGone(page.getByRole('button', { name: /^Discard the draft/ }));
  await grid.getByRole('row').nth(2).getByRole('gridcell').nth(1).tap();
  await expect(grid.getByRole('row').nth(2)).toHaveAttribute('aria-selected', 'true');
  expect(rollouts.some(good)).toBe(true);
  expect(app.complaints).toEqual([]);
});
