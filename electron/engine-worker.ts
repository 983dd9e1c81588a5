/** Composition root of the engine's thread: joins engine and rpc, the same for both shells. */
import { MessagePort, parentPort, workerData as givenData } from 'node:worker_threads';
import { contract, hostContract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors.ts';
import { createServer } from '#shared/rpc/index.ts';
import { createHandlers, Holds } from './engine-handlers.ts';
import { createEngine, expandPaths } from './engine/index.ts';
import { portTransport } from './host/port-transport.ts';
import { workerData } from './host/worker-data.ts';

const { scanThread, version, cacheFolder, marksFolder, threads, control, grants } = workerData.parse(givenData);
const parent = parentPort;
if (!parent) throw new Error('The engine worker is started by a shell.');

const engine = createEngine({
  follow: true,
  scanThread,
  version,
  ...(cacheFolder !== undefined && { cacheFolder }),
  ...(marksFolder !== undefined && { marksFolder }),
  ...(threads !== undefined && { threads }),
});
const pathsOf = new Map<string, readonly string[]>(grants);
const pages = new Set<{ close(): void }>();
const holds = new Holds();
const onBug = (error: unknown): void => console.error('A request to the engine failed:', error);

const shell = portTransport(control, 'The shell is gone.');
createServer(
  hostContract,
  {
    'host.grant': async ({ grant, paths }) => {
      pathsOf.set(grant, paths);
      return {};
    },
    'host.expand': async ({ paths, recursive }) => ({ files: expandPaths(paths, { recursive }) }),
  },
  shell,
  { onBug },
);

parent.on('message', (message: unknown) => {
  if (message instanceof MessagePort) servePage(message);
});

/** Without listeners on its ports the thread ends by itself, after what is being written or removed is done. */
shell.onClose(() => {
  parent.unref();
  for (const page of pages) page.close();
  engine.close().catch(onBug);
});

function servePage(port: MessagePort): void {
  const transport = portTransport(port, 'The page is gone.');
  const handlers = createHandlers(engine, { paths }, holds);
  const page = createServer(contract, handlers, transport, { onBug });
  pages.add(page);
  transport.onClose(() => {
    pages.delete(page);
    handlers.release().catch(onBug);
  });
}

function paths(grant: string): readonly string[] {
  const found = pathsOf.get(grant);
  if (!found) throw new AppError('not-found', 'This file was not granted, or by an earlier run. Open it again.');
  return found;
}
