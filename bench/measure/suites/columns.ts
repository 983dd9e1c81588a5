import type { AppPage } from '../page/app-page.ts';
import { frameLine } from '../page/figures.ts';
import { wheel } from '../page/gestures.ts';
import { wideColumns, wideFile } from '../page/odd-files.ts';
import { gestureSeconds, listOf, onFiles, viewOf } from '../page/on-files.ts';
import type { Suite } from '../suite.ts';
import type { Line } from '../table.ts';

/** Frames of a table with a great many columns. */
export const columns: Suite = {
  name: 'columns',
  about: 'frames of a table with 500 columns: sideways and down',
  run: (bench) =>
    onFiles(bench, [wideFile(bench.folder, 500, 2000)], viewOf('reward', ['line', ...wideColumns(500)]), (app) =>
      sideways(app, gestureSeconds(bench)),
    ),
};

async function sideways({ page: of, record }: AppPage, seconds: number): Promise<Line[]> {
  const list = listOf(of);
  const wide = await list.evaluate((element) => element.scrollWidth);
  const across = await record(() => wheel(of, list, { x: wide / seconds, y: 0 }, seconds));
  if ((await list.evaluate((element) => element.scrollLeft)) < wide / 3) throw new Error('The wheel did not move the columns.');
  const slowly = await record(() => wheel(of, list, { x: -1200, y: 0 }, seconds));
  const down = await record(() => wheel(of, list, { x: 0, y: 7200 }, seconds / 2));
  return [
    frameLine('500 columns: sideways, end to end', across),
    frameLine('500 columns: sideways, slowly', slowly),
    frameLine('500 columns: wheel down', down),
  ];
}
