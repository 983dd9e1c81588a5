import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { serve } from '../../../e2e/serve.ts';
import { findBrowser } from '../../../scripts/test/find.ts';
import { installRecorder, recorded, type Recorded } from './recorder.ts';

/** The app in a real Chromium over `rollscope serve`. */
export interface AppPage {
  readonly page: Page;
  /** Records while the gesture lasts, and until what it led to has settled. */
  record(gesture: () => Promise<void>): Promise<Recorded>;
}

/** Serves files with settings and index of their own below `folder`, and shows them; `use` gets the page before it has gone anywhere. */
export async function withApp<T>(
  files: readonly string[],
  folder: string,
  use: (app: AppPage & { readonly goTo: (hash?: string) => Promise<void> }) => Promise<T>,
): Promise<T> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('No Chromium: npx playwright install chromium');
  const server = await serve(files, { outRoot: folder, config: path.join(folder, 'config'), cache: path.join(folder, 'cache') });
  const browser = await chromium.launch({
    executablePath,
    // A scrollbar is one of the things that are dragged.
    ignoreDefaultArgs: ['--hide-scrollbars'],
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(installRecorder);
    const record = async (gesture: () => Promise<void>): Promise<Recorded> => {
      await page.evaluate(() => window.benchRecorder.start());
      await gesture();
      await page.waitForTimeout(200);
      return recorded.parse(await page.evaluate(() => window.benchRecorder.stop()));
    };
    return await use({ page, record, goTo: async (hash = '') => void (await page.goto(server.url + hash)) });
  } finally {
    await browser.close();
    await server.stop();
  }
}
