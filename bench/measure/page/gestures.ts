import { setTimeout as wait } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';

/** Between two moves of the hand, in ms: a mouse of 60 Hz. */
const everyMs = 1000 / 60;

/** Does something 60 times a second, whether or not the page has answered the last time; answers how often. `share` goes from 0 to 1. */
export async function steadily(seconds: number, step: (share: number) => Promise<void>): Promise<number> {
  const started = performance.now();
  const steps: Promise<void>[] = [];
  for (let index = 0; ; index++) {
    const share = (performance.now() - started) / 1000 / seconds;
    steps.push(step(Math.min(1, share)));
    if (share >= 1) {
      await Promise.all(steps);
      return index + 1;
    }
    const early = started + (index + 1) * everyMs - performance.now();
    if (early > 0) await wait(early);
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator.toString()} is not on screen.`);
  return box;
}

/** Drags from a point to and fro over `reach` px sideways, and lets go at the far end; answers the number of moves. */
export async function dragSideways(page: Page, from: { x: number; y: number }, reach: number, seconds: number): Promise<number> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const swings = Math.round(seconds) + 0.5;
  const moves = await steadily(seconds, (share) => {
    const swing = (1 - Math.cos(share * swings * Math.PI * 2)) / 2;
    return page.mouse.move(from.x + 4 + swing * reach, from.y);
  });
  await page.mouse.up();
  return moves;
}

/** Drags the scrollbar of a list from its upper to its lower end. */
export async function dragScrollbar(page: Page, list: Locator, seconds: number): Promise<void> {
  const box = await boxOf(list);
  const x = box.x + box.width - 5;
  await page.mouse.move(x, box.y + 12);
  await page.mouse.down();
  await steadily(seconds, (share) => page.mouse.move(x, box.y + 12 + share * (box.height + 20)));
  await page.mouse.up();
}

/** Turns the wheel over the middle of something: so many px a second. */
export async function wheel(page: Page, over: Locator, by: { x: number; y: number }, seconds: number): Promise<void> {
  const box = await boxOf(over);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  let done = 0;
  await steadily(seconds, (share) => {
    const passed = (share - done) * seconds;
    done = share;
    return page.mouse.wheel(by.x * passed, by.y * passed);
  });
}
