/** Takes pictures of every screen and state, at three sizes, light and dark: FOLDER/NAME-SIZE-THEME.png. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../scripts/test/find.ts';
import { exportScenes } from './gallery/exporting.ts';
import { galleryFile } from './gallery/files.ts';
import { oddScenes } from './gallery/odd.ts';
import { readingScenes } from './gallery/reading.ts';
import { hashOf, type Scene } from './gallery/scene.ts';
import { workspaceScenes } from './gallery/workspace.ts';
import { serve } from './serve.ts';

const help = `node e2e/screens.mjs [FILE] FOLDER [--only REGEX] [--sizes 1440,1024,zoom] [--themes light,dark]

FILE is what most pictures show; without one, a file is made. Needs Chromium and a built app.
`;
const sizes = {
  1440: { viewport: { width: 1440, height: 900 } },
  1024: { viewport: { width: 1024, height: 700 } },
  /** 1440 × 900 at 200 %. */
  zoom: { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 },
} as const;
const themes = ['light', 'dark'] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    sizes: { type: 'string', default: Object.keys(sizes).join(',') },
    themes: { type: 'string', default: themes.join(',') },
  },
});
const folder = positionals.at(-1);
const main = positionals.length > 1 ? (positionals[0] ?? null) : null;
const executablePath = findBrowser();
if (folder === undefined || executablePath === null) {
  process.stderr.write(help);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const scratch = mkdtempSync(path.join(tmpdir(), 'rollscope-screens-'));
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  const wanted = [...oddScenes, ...workspaceScenes, ...readingScenes, ...exportScenes].filter(({ name }) =>
    new RegExp(values.only).test(name),
  );
  for (const scene of wanted) await takeAll(scene, folder);
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}

async function takeAll(scene: Scene, into: string): Promise<void> {
  const files = (scene.open ?? []).map((name) => galleryFile(name, scratch, main));
  for (const size of ['1440', '1024', 'zoom'] as const) {
    for (const colorScheme of themes) {
      if (!values.sizes.split(',').includes(size) || !values.themes.split(',').includes(colorScheme)) continue;
      // Settings and marks of its own: no picture sees what another scene left.
      for (const file of files)
        if (file.startsWith(scratch) && !scene.open?.includes('marked')) rmSync(`${file}.rollscope.jsonl`, { force: true });
      const config = mkdtempSync(path.join(scratch, 'config-'));
      const outRoot = path.join(config, 'runs');
      mkdirSync(outRoot);
      const server = await serve(files, { outRoot, config });
      const page = await browser.newPage({ ...sizes[size], colorScheme, reducedMotion: 'reduce' });
      try {
        await page.goto(`${server.url}${hashOf(scene.view)}`);
        await settled(page, scene);
        await scene.act?.(page);
      } catch (error) {
        process.stderr.write(
          `${scene.name} ${size} ${colorScheme}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`,
        );
      }
      await page.waitForTimeout(500);
      await page.screenshot({ path: path.join(into, `${scene.name}-${size}-${colorScheme}.png`) });
      await page.close();
      await server.stop();
    }
  }
}

/** Once the file is read and the first rows stand; the page without a file once it is there. */
async function settled(page: Page, { open, name }: Scene): Promise<void> {
  page.setDefaultTimeout(8000);
  if (name === '01-reading')
    await page
      .getByText(/so far/)
      .first()
      .waitFor();
  else if (open === undefined || name.startsWith('01-')) await page.getByText(/^No file open/).waitFor();
  else
    await page
      .getByText(/^Indexed |^Following /)
      .first()
      .waitFor();
  await page.waitForTimeout(300);
}
