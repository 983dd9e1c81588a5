/** Composition root of the browser app: the engine worker behind an HTTP server on 127.0.0.1. */
import path from 'node:path';
import { shellContract } from '#shared/contract/index.ts';
import { createServer } from '#shared/rpc/index.ts';
import { connectPage } from './host/connect-page.ts';
import { dataFolder } from './host/data-folder.ts';
import { startEngineWorker } from './host/start-engine.ts';
import { Grants } from './host/grants.ts';
import { recentsIn } from './host/recents.ts';
import { rememberingHandlers } from './host/shell-handlers.ts';
import { version } from './host/version.ts';
import { createAccess } from './serve/access.ts';
import { startHttpServer } from './serve/http-server.ts';
import { servedShell } from './serve/shell.ts';
import { createUploads } from './serve/uploads.ts';

/** Where the build put what runs beside the server. */
export interface BuiltFiles {
  readonly engineWorker: string;
  readonly scanThread: string;
  /** Folder of the page. */
  readonly page: string;
  readonly sample: string;
}

export interface ServeOptions {
  readonly built: BuiltFiles;
  /** Files and folders to open as one dataset; none shows the open screen. */
  readonly paths: readonly string[];
  readonly recursive: boolean;
  readonly port: number;
  /** Folder that exports go under. */
  readonly outRoot: string;
  readonly allowHosts: readonly string[];
  readonly threads: number | undefined;
  /** Where indexes are kept from run to run; without it none are. */
  readonly cacheFolder: string | undefined;
}

export interface Serving {
  /** With the token: whoever has it can read what was granted. */
  readonly url: string;
  /** The same, good for one visit: to be handed to another program. */
  urlForOnce(): string;
  /** Stops what is under way, removes uploads. */
  close(): Promise<void>;
}

/** Serves the app until closed. Fails with an AppError when a path cannot be opened or the port is taken. */
export async function serve({ built, paths, recursive, port, outRoot, allowHosts, threads, cacheFolder }: ServeOptions): Promise<Serving> {
  const engine = startEngineWorker({
    file: built.engineWorker,
    scanThread: built.scanThread,
    version,
    threads,
    cacheFolder,
    marksFolder: path.join(dataFolder(), 'marks'),
    onCrash: (error) => console.error('The engine stopped:', error),
  });
  const grants = new Grants((grant, files) => engine.grant(grant, files));
  const uploads = createUploads(grants);

  try {
    const open = paths.length === 0 ? [] : [await grants.paths(paths, await engine.expand(paths, recursive))];
    const served = { open, outRoot: await grants.folder(outRoot), sample: await grants.files([built.sample], { id: 'sample' }) };
    const folder = dataFolder();
    const recents = recentsIn(
      path.join(folder, 'recents.json'),
      grants,
      open.map(({ grant }) => grant),
    );
    const shell = servedShell(version, served, rememberingHandlers(folder, grants, recents));

    const access = createAccess(allowHosts);
    const http = await startHttpServer({
      access,
      page: built.page,
      uploads,
      port,
      onPage: (page) => connectPage(page, engine.connect(), (transport) => void createServer(shellContract, shell, transport)),
    });

    const urlWith = (token: string): string => `http://127.0.0.1:${http.port}/?token=${token}`;
    return {
      url: urlWith(access.token),
      urlForOnce: () => urlWith(access.issueTicket()),
      async close() {
        await http.close();
        await engine.close();
        await uploads.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
