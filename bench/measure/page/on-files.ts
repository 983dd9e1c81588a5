import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { Bench } from '../suite.ts';
import type { Line } from '../table.ts';
import { withApp, type AppPage } from './app-page.ts';

/** How long gestures last: a small run only shows that they can be made. */
export const gestureSeconds = ({ bytes }: Bench): number => (bytes >= 100e6 ? 5 : 0.5);

/** Measures on some files in a view, in a browser and with settings of their own, once all is read and asked. */
export async function onFiles(
  bench: Bench,
  files: readonly string[],
  view: string,
  measure: (app: AppPage) => Promise<Line[]>,
): Promise<Line[]> {
  return await withApp(files, freshFolder(bench), async (app) => {
    await app.goTo(view);
    await settled(app.page, gestureSeconds(bench));
    return await measure(app);
  });
}

let folders = 0;
/** For the settings and the index of one run. */
export function freshFolder(bench: Bench): string {
  const folder = path.join(bench.folder, `page-${folders++}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function viewOf(metric: string, columns: readonly string[]): string {
  return `#metric=${encodeURIComponent(JSON.stringify(metric))}&columns=${encodeURIComponent(JSON.stringify(columns))}`;
}

export const listOf = (of: Page): Locator => of.getByRole('grid', { name: 'Rollouts' });

/** Everything is read. Looked for now and then, and by one element: what goes through the whole page at each frame costs frames. */
export async function whenIndexed(of: Page): Promise<void> {
  const isIndexed = (): boolean => document.querySelector('footer')?.textContent?.includes('Indexed ') === true;
  await of.waitForFunction(isIndexed, undefined, { polling: 100, timeout: 120_000 });
}

/** Everything is read and asked, and what is loaded ahead has come. */
async function settled(of: Page, seconds: number): Promise<void> {
  await whenIndexed(of);
  await of.getByRole('slider', { name: /at least$/ }).waitFor();
  await of.waitForTimeout(seconds * 500);
}
