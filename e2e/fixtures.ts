import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type Browser, chromium, type ElectronApplication, errors, test as base, type Page } from '@playwright/test';
import { findBrowser, findElectron } from '../scripts/test/find.ts';
import { projectRoot } from './paths.ts';
import { serve } from './serve.ts';

/** The app under test, whichever shell it has. */
export interface App {
  /** Opens files as the command line would, and answers the page once it stands. `outRoot`: another folder for its exports. */
  open(files: readonly string[], changes?: { readonly outRoot?: string }): Promise<Page>;
  /** An empty folder for exports. */
  readonly outRoot: string;
  /** A folder for files that a test makes. */
  readonly folder: string;
  /** Errors and warnings on the console, and violations of the page's policy, so far. */
  readonly complaints: readonly string[];
}

/** Starts the browser, or answers the one that runs. */
type Launch = () => Promise<Browser>;

export const test = base.extend<{ app: App }, { launch: Launch }>({
  /** One browser for the tests of a worker: what a test leaves lies in its context, which goes with it. */
  launch: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      let running: Promise<Browser> | undefined;
      await use(() => (running ??= launchBrowser()));
      await (await running)?.close();
    },
    { scope: 'worker' },
  ],
  app: async ({ viewport, hasTouch, launch }, use, info) => {
    const root = await mkdtemp(path.join(tmpdir(), 'rollscope-e2e-'));
    const place = { outRoot: root, config: path.join(root, 'config'), viewport: viewport ?? { width: 1440, height: 900 }, hasTouch };
    const app = new RunningApp(place, info.project.name === 'desktop' ? openDesktop : openInBrowser(launch));
    await use(app);
    if (info.status !== info.expectedStatus) await app.show();
    await app.close();
    await rm(root, { recursive: true, force: true });
  },
});
export { expect } from '@playwright/test';

interface Place {
  readonly outRoot: string;
  /** Where the app remembers settings: a fresh one, so that no test sees what another left. */
  readonly config: string;
  readonly viewport: { width: number; height: number };
  readonly hasTouch: boolean;
}
type Open = (files: readonly string[], place: Place) => Promise<{ page: Page; close(): Promise<void> }>;

/** Lines of a page that are printed. */
const mostShown = 80;

class RunningApp implements App {
  readonly outRoot: string;
  readonly folder: string;
  readonly complaints: string[] = [];
  readonly #open: Open;
  readonly #place: Place;
  readonly #closers: (() => Promise<void>)[] = [];
  readonly #pages: Page[] = [];

  constructor(place: Place, open: Open) {
    this.outRoot = place.outRoot;
    this.folder = place.outRoot;
    this.#open = open;
    this.#place = place;
  }

  async open(files: readonly string[], changes: { readonly outRoot?: string } = {}): Promise<Page> {
    const { page, close } = await this.#open(files, { ...this.#place, ...changes });
    this.#closers.push(close);
    this.#pages.push(page);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`uncaught: ${error.message}`));
    return page;
  }

  /** Prints what the pages hold: of a run elsewhere nothing else remains. */
  async show(): Promise<void> {
    for (const page of this.#pages) {
      const held = await page
        .locator('body')
        .ariaSnapshot({ timeout: 5000 })
        .catch((error: unknown) => String(error));
      console.log(`The page ${page.url()} when the test failed:\n${held.split('\n').slice(0, mostShown).join('\n')}`);
    }
  }

  async close(): Promise<void> {
    for (const close of this.#closers) await close();
  }
}

async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('No Chromium: npx playwright install chromium');
  const asRoot = process.getuid?.() === 0;
  return await chromium.launch({ executablePath, args: asRoot ? ['--no-sandbox'] : [] });
}

const openInBrowser =
  (launch: Launch): Open =>
  async (files, { outRoot, config, viewport, hasTouch }) => {
    const browser = await launch();
    const server = await serve(files, { outRoot, config });
    // A context of our own: a test may open a second window in it.
    const context = await browser.newContext({ viewport, hasTouch });
    const page = await context.newPage();
    await page.goto(server.url);
    return {
      page,
      async close() {
        await context.close();
        await server.stop();
      },
    };
  };

const openDesktop: Open = async (files, { outRoot, config }) => {
  const executablePath = findElectron();
  if (executablePath === null) throw new Error('No Electron: set ELECTRON_OVERRIDE_DIST_PATH to the folder that holds it');
  const env = Object.fromEntries(
    Object.entries({ ...process.env, XDG_CONFIG_HOME: config }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return startAnswering(() => _electron.launch({ executablePath, args: [projectRoot, ...files], env, timeout: startMs }), outRoot);
};

const startMs = 15_000;
const closeMs = 10_000;

/**
 * Electron 22, which some machines have to take, now and then stops for ever while a debugger attaches to it and its threads: a
 * start that shows neither a file nor that there is none is given up, and another one made.
 */
async function startAnswering(launch: () => Promise<ElectronApplication>, outRoot: string): ReturnType<Open> {
  for (let attempt = 1; ; attempt++) {
    let app: ElectronApplication | undefined;
    try {
      app = await launch();
      const started = app;
      return { page: await answeringPage(started, outRoot), close: () => closeElectron(started) };
    } catch (error) {
      app?.process().kill('SIGKILL');
      if (attempt === 3 || !(error instanceof errors.TimeoutError)) throw error;
    }
  }
}

async function answeringPage(app: ElectronApplication, outRoot: string): Promise<Page> {
  const page = await app.firstWindow({ timeout: startMs });
  await page.getByText(/^Indexed |^No file open/).waitFor({ timeout: startMs });
  // The system's folder dialog cannot be driven; it answers as if the user had chosen the folder for exports.
  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder], bookmarks: [] });
  }, outRoot);
  return page;
}

/** Nor does it always let go of its debugger: the window is closed by then, and its process is ended. */
async function closeElectron(app: ElectronApplication): Promise<void> {
  const child = app.process();
  const timer = setTimeout(() => child.kill('SIGKILL'), closeMs);
  await app.close();
  clearTimeout(timer);
}
