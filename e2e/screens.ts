/** Takes pictures of every screen at two sizes, light and dark: FOLDER/NAME-THEME-WIDTH.png. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../scripts/test/find.ts';
import { serve } from './serve.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
const themes = ['light', 'dark'] as const;

const [file, folder] = process.argv.slice(2);
const executablePath = findBrowser();
if (file === undefined || folder === undefined || executablePath === null) {
  process.stderr.write('node e2e/screens.mjs FILE FOLDER (needs Chromium and a built app)\n');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const scratch = mkdtempSync(path.join(tmpdir(), 'rollscope-screens-'));
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  for (const viewport of sizes) for (const colorScheme of themes) await takeAll(viewport, colorScheme);
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}

async function takeAll(viewport: (typeof sizes)[number], colorScheme: (typeof themes)[number]): Promise<void> {
  const place = { outRoot: scratch, config: path.join(scratch, `${colorScheme}-${viewport.width}`) };
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
  const take = async (name: string): Promise<void> => {
    await page.mouse.move(0, 0);
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(folder ?? '.', `${name}-${colorScheme}-${viewport.width}.png`) });
  };

  const withServer = async (files: readonly string[], use: (url: string) => Promise<void>): Promise<void> => {
    const server = await serve(files, place);
    try {
      await use(server.url);
    } finally {
      await server.stop();
    }
  };

  await withServer([], async (url) => {
    await page.goto(url);
    await page.getByText('Drop rollout files').waitFor();
    await take('01-open');
  });
  await withServer([file ?? ''], async (url) => {
    await page.goto(url);
    await page.getByTestId('counts').waitFor();
    await take('02-table');
    await shoot(page, take);
  });
  await page.close();
}

async function shoot(page: Page, take: (name: string) => Promise<void>): Promise<void> {
  await page.keyboard.press('t');
  const least = page.getByRole('textbox', { name: 'reward at least' });
  if (!(await least.isVisible())) await page.getByRole('button', { name: 'Open the rail' }).click();
  await least.fill('0.5');
  await page.getByTestId('draft-chip').waitFor();
  await take('03-threshold');
  await page.getByRole('button', { name: /^Discard the draft/ }).click();
  const narrower = page.getByRole('button', { name: 'Narrower rail' });
  if ((page.viewportSize()?.width ?? 0) < 1200 && (await narrower.isVisible())) await narrower.click();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('rew');
  await take('09-palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('answer');
  await page.keyboard.press('Enter');
  await page.getByText(/ searched/).waitFor();
  await take('02-search');
  await page.getByRole('button', { name: 'Close the search' }).click();
  await page.keyboard.press('f');
  await page.keyboard.type('reward >= 0');
  await page.keyboard.press('Enter');
  await page.getByTestId('chip').locator('[data-chip]').click();
  await take('02-chip');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.keyboard.press('Escape');

  const grid = page.getByRole('grid', { name: 'Rollouts' });
  await grid.focus();
  await grid.press('Home');
  await grid.press('Enter');
  await page.getByRole('region', { name: 'Conversation' }).waitFor();
  await take('05-reader');
  for (const tab of ['Metrics', 'Raw JSON']) {
    await page.getByRole('tablist', { name: 'Reader' }).getByRole('tab', { name: tab }).click();
    await take(`05-reader-${tab.toLowerCase().replace(' ', '-')}`);
  }
  await page.getByRole('button', { name: 'Close the reader' }).click();

  await page.getByRole('tab', { name: 'Groups' }).click();
  const groups = page.getByRole('treegrid', { name: 'Groups' });
  await groups.focus();
  await groups.press('j');
  await groups.press('ArrowRight');
  await take('04-groups');
  await page.getByRole('tab', { name: 'Problems' }).click();
  await take('07-problems');
  await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
  for (const step of ['Rows', 'Target', 'Mapping', 'Sampling', 'Preview', 'Run']) {
    await page.getByRole('list', { name: 'Steps' }).getByRole('button', { name: step }).click();
    await take(`08-export-${step.toLowerCase()}`);
  }
}
