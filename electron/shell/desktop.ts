import path from 'node:path';
import { shellContract } from '#shared/contract/index.ts';
import type { Grant } from '#shared/model/grant.ts';
import { createServer, type Transport } from '#shared/rpc/index.ts';
import { connectPage } from '../host/connect-page.ts';
import { startEngineWorker } from '../host/start-engine.ts';
import { Grants } from '../host/grants.ts';
import { recentsIn } from '../host/recents.ts';
import { rememberingHandlers } from '../host/shell-handlers.ts';
import { version } from '../host/version.ts';
import { channels } from './channels.ts';
import { desktopHandlers } from './desktop-handlers.ts';
import { sayFailure } from './dialogs.ts';
import { bringToFront, currentWindow } from './window.ts';

export interface DesktopOptions {
  readonly engineWorker: string;
  readonly scanThread: string;
  readonly sample: string;
  /** Where the app remembers things. */
  readonly folder: string;
  /** What the command line named. */
  readonly paths: readonly string[];
  readonly threads: number | undefined;
  /** Where indexes are kept from run to run; without it none are. */
  readonly cacheFolder: string | undefined;
}

/** The desktop app behind its windows: the engine, the grants, what pages are served. */
export interface Desktop {
  connect(page: Transport): void;
  /** Shows files and folders that the user named outside the page: a drop, the menu, a second start. */
  open(paths: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export function createDesktop({ engineWorker, scanThread, sample, folder, paths, threads, cacheFolder }: DesktopOptions): Desktop {
  const onCrash = (error: Error): void => console.error('The engine stopped:', error);
  const engine = startEngineWorker({
    file: engineWorker,
    scanThread,
    version,
    threads,
    cacheFolder,
    marksFolder: path.join(folder, 'marks'),
    onCrash,
  });
  const grants = new Grants((grant, files) => engine.grant(grant, files));
  const grantPaths = async (named: readonly string[]): Promise<Grant> => await grants.paths(named, await engine.expand(named, false));

  const opened = paths.length === 0 ? Promise.resolve([]) : orSayWhyNot(grantPaths(paths));
  const handlers = desktopHandlers({
    version,
    folder,
    grants,
    opened,
    sample: grants.files([sample], { id: 'sample' }),
    grantPaths,
    remembering: rememberingHandlers(folder, grants, recentsIn(path.join(folder, 'recents.json'), grants)),
  });

  return {
    connect: (page) => connectPage(page, engine.connect(), (transport) => void createServer(shellContract, handlers, transport)),
    async open(named) {
      const window = currentWindow();
      if (window) bringToFront(window);
      const [grant] = named.length === 0 ? [] : await orSayWhyNot(grantPaths(named));
      if (grant) currentWindow()?.webContents.send(channels.grant, grant);
    },
    close: () => engine.close(),
  };
}

async function orSayWhyNot(granting: Promise<Grant>): Promise<Grant[]> {
  try {
    return [await granting];
  } catch (error) {
    void sayFailure(error);
    return [];
  }
}
