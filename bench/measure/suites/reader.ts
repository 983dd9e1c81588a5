import type { AppPage } from '../page/app-page.ts';
import { frameLine } from '../page/figures.ts';
import { wheel } from '../page/gestures.ts';
import { longFile } from '../page/odd-files.ts';
import { gestureSeconds, listOf, onFiles } from '../page/on-files.ts';
import type { Suite } from '../suite.ts';
import type { Line } from '../table.ts';

/** Frames while a very long rollout is opened and read. */
export const reader: Suite = {
  name: 'reader',
  about: 'frames while a rollout of 4,000 calls is opened and scrolled',
  run: (bench) => onFiles(bench, [longFile(bench.folder, 4000)], '', (app) => reading(app, gestureSeconds(bench))),
};

async function reading({ page: of, record }: AppPage, seconds: number): Promise<Line[]> {
  const list = listOf(of);
  await list.focus();
  await list.press('End');
  const opened = await record(async () => {
    await list.press('Enter');
    await of.getByRole('region', { name: 'Conversation' }).waitFor();
    // All of its steps are there a moment later.
    await of.waitForTimeout(seconds * 300);
  });
  const region = of.getByRole('region', { name: 'Conversation' });
  const wheeled = await record(() => wheel(of, region, { x: 0, y: 9000 }, seconds));
  return [frameLine('rollout of 4,000 calls: opened', opened), frameLine('rollout of 4,000 calls: wheel', wheeled)];
}
