import { askApart } from '../page/ask-apart.ts';
import { callLines, draftCalls, frameLine } from '../page/figures.ts';
import type { AppPage } from '../page/app-page.ts';
import { boxOf, dragScrollbar, dragSideways, steadily, wheel } from '../page/gestures.ts';
import { gestureSeconds, listOf, onFiles, viewOf } from '../page/on-files.ts';
import type { Suite } from '../suite.ts';
import type { Line } from '../table.ts';

const tinyRowBytes = 130;

/** Frames of gestures in a real browser, and what they ask of the engine. */
export const page: Suite = {
  name: 'page',
  about: 'frames, requests and answers in Chromium over rollscope serve: scrolling, dragging, typing',
  async run(bench) {
    const most = Math.floor((bench.bytes * 0.4) / tinyRowBytes);
    const seconds = gestureSeconds(bench);
    const [some, many] = [Math.min(200_000, most), Math.min(1_000_000, most)];
    return [
      ...(await onFiles(bench, [bench.file('tiny', { rows: some }).path], manyValues, (app) => drags(app, words(some), seconds, 16))),
      ...(await onFiles(bench, [bench.file('tiny', { rows: many }).path], manyValues, async (app) => [
        ...(await scrolls(app, words(many), seconds)),
        ...(await drags(app, words(many), seconds, 50)),
        ...(await groups(app, seconds)),
      ])),
    ];
  },
};

/** A metric with many values, and as many columns as fit. */
const shown = ['line', 'task', 'rollout', 'agent', 'reward', 'steps', 'elapsed_ms', 'score', 'seed', 'split', 'done', 'problems'];
const manyValues = viewOf('elapsed_ms', shown);

const words = (rows: number): string => `${rows.toLocaleString('en-US')} rows`;

async function scrolls({ page: of, record }: AppPage, rows: string, seconds: number): Promise<Line[]> {
  const list = listOf(of);
  const bar = await record(() => dragScrollbar(of, list, seconds));
  if ((await list.getByRole('row').last().getAttribute('aria-rowindex')) === '2') throw new Error('The scrollbar did not move.');
  const wheeled = await record(() => wheel(of, list, { x: 0, y: 7200 }, seconds));
  await list.focus();
  const keys = await record(async () => {
    // Down again without up: that is a key that repeats.
    await steadily(seconds / 2, (share) => of.keyboard.down(share < 0.5 ? 'PageDown' : 'PageUp'));
    for (const key of ['PageDown', 'PageUp']) await of.keyboard.up(key);
    await of.keyboard.press('Home');
    await of.keyboard.press('End');
    await of.keyboard.press('Home');
  });
  return [
    frameLine(`${rows}: scrollbar, end to end`, bar),
    frameLine(`${rows}: wheel`, wheeled),
    frameLine(`${rows}: page keys held, End, Home`, keys),
  ];
}

async function drags({ page: of, record }: AppPage, rows: string, seconds: number, answerMs: number): Promise<Line[]> {
  const handle = await boxOf(of.getByRole('slider', { name: 'elapsed_ms at least' }));
  let moves = 0;
  const from = { x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 };
  const dragged = await record(async () => void (moves = await dragSideways(of, from, 180, seconds)));
  await of.getByTestId('draft-chip').waitFor();
  const apart = await askApart({ page: of, sent: draftCalls(dragged).map(({ sent }) => sent) });
  await of.getByRole('button', { name: /^Discard the draft/ }).click();
  const head = await boxOf(listOf(of).getByRole('img', { name: 'Histogram of elapsed_ms' }));
  const barred = await record(async () => void (await dragSideways(of, { x: head.x + 2, y: head.y + 12 }, head.width - 8, seconds)));
  await of.getByRole('button', { name: /^Discard the draft/ }).click();
  await of.keyboard.press('f');
  const typed = await record(async () => {
    for (const letter of 'reward >= 0.25 and steps < 30') await of.keyboard.type(letter, { delay: 60 });
    await of.keyboard.press('Enter');
    await of.getByTestId('chip').first().waitFor();
  });
  await of.keyboard.press('Escape');
  await of.keyboard.press('Control+z');
  return [
    frameLine(`${rows}: handle dragged`, dragged),
    ...callLines(`${rows}: handle dragged`, dragged, moves, apart, answerMs),
    frameLine(`${rows}: bars of a head dragged`, barred),
    frameLine(`${rows}: a condition typed and used`, typed),
  ];
}

async function groups({ page: of, record }: AppPage, seconds: number): Promise<Line[]> {
  await of.getByRole('tab', { name: 'Groups' }).click();
  const list = of.getByRole('treegrid', { name: 'Groups' });
  await list.getByRole('row').nth(5).waitFor();
  await of.waitForTimeout(seconds * 300);
  const count = Number(await list.getAttribute('aria-rowcount')) - 1;
  const name = `${count.toLocaleString('en-US')} groups`;
  const bar = await record(() => dragScrollbar(of, list, seconds));
  const wheeled = await record(() => wheel(of, list, { x: 0, y: 7200 }, seconds / 2));
  await list.focus();
  const jumps = await record(async () => {
    for (const key of ['Home', 'End', 'Home', 'PageDown', 'End', 'PageUp']) {
      await of.keyboard.press(key);
      await of.waitForTimeout(seconds * 50);
    }
  });
  return [
    frameLine(`${name}: scrollbar, end to end`, bar),
    frameLine(`${name}: wheel`, wheeled),
    frameLine(`${name}: jumps by keys`, jumps),
  ];
}
