import { MessageChannel, Worker } from 'node:worker_threads';
import { hostContract } from '#shared/contract/index.ts';
import { createClient, type Client, type Transport } from '#shared/rpc/index.ts';
import { portTransport } from './port-transport.ts';
import type { WorkerData } from './worker-data.ts';

export interface EngineWorkerOptions {
  /** File of the bundled engine worker. */
  readonly file: string;
  /** File of the bundled scan thread. */
  readonly scanThread: string;
  readonly version: string;
  /** Where indexes are kept; without it none are. */
  readonly cacheFolder?: string | undefined;
  /** Where review marks are kept that cannot be beside their file. */
  readonly marksFolder?: string | undefined;
  readonly threads?: number | undefined;
  /** Hears of a bug that ended the worker. */
  readonly onCrash: (error: Error) => void;
}

/** The one engine of a process, in its worker thread. */
export interface EngineHost {
  /** A connection of its own for each page. It closes when the engine stops; the next one starts the engine anew. */
  connect(): Transport;
  /** Lets pages open these paths under that id. */
  grant(grant: string, paths: readonly string[]): Promise<void>;
  /** The files that paths stand for; fails with an AppError fit for the screen. */
  expand(paths: readonly string[], recursive: boolean): Promise<string[]>;
  /** Ends what is under way, so that nothing is left half-written, and stops the worker. */
  close(): Promise<void>;
}

interface Running {
  readonly worker: Worker;
  readonly client: Client<typeof hostContract>;
  readonly exited: Promise<unknown>;
  /** Our ends of the pages' connections. */
  readonly pages: Set<Transport>;
}

const stopped = 'The engine stopped. Load the page again to go on.';
const closeWithinMs = 3000;

export function startEngineWorker(options: EngineWorkerOptions): EngineHost {
  const granted = new Map<string, readonly string[]>();
  let current: Running | undefined;

  function running(): Running {
    current ??= start();
    return current;
  }

  function start(): Running {
    const control = new MessageChannel();
    const data: WorkerData = {
      scanThread: options.scanThread,
      version: options.version,
      ...(options.cacheFolder !== undefined && { cacheFolder: options.cacheFolder }),
      ...(options.marksFolder !== undefined && { marksFolder: options.marksFolder }),
      ...(options.threads === undefined ? {} : { threads: options.threads }),
      control: control.port1,
      grants: [...granted].map(([grant, paths]) => [grant, [...paths]]),
    };
    const worker = new Worker(options.file, { workerData: data, transferList: [control.port1] });
    const client = createClient(hostContract, portTransport(control.port2, stopped));
    const exited = new Promise((resolve) => worker.once('exit', resolve));
    const started: Running = { worker, client, exited, pages: new Set() };
    const leave = (): void => {
      if (current === started) current = undefined;
    };
    worker.once('error', (error) => {
      leave();
      options.onCrash(error);
    });
    worker.once('exit', () => {
      leave();
      // A port that was on its way to a worker that died does not close by itself.
      for (const page of started.pages) page.close(stopped);
    });
    return started;
  }

  return {
    connect() {
      const { port1, port2 } = new MessageChannel();
      const { worker, pages } = running();
      worker.postMessage(port1, [port1]);
      const page = portTransport(port2, stopped);
      pages.add(page);
      page.onClose(() => pages.delete(page));
      return page;
    },
    async grant(grant, paths) {
      granted.set(grant, paths);
      await running().client.call('host.grant', { grant, paths: [...paths] });
    },
    async expand(paths, recursive) {
      const { files } = await running().client.call('host.expand', { paths: [...paths], recursive });
      return files;
    },
    async close() {
      if (!current) return;
      const { worker, client, exited } = current;
      client.close();
      const timer = setTimeout(() => void worker.terminate(), closeWithinMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
