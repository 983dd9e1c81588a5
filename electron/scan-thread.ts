import { parentPort, workerData } from 'node:worker_threads';
import { scanWork } from './engine/scan/thread.ts';
import { searchWork } from './engine/search/thread.ts';
import type { ThreadData } from './engine/threads/messages.ts';
import { serveThread } from './engine/threads/serve-thread.ts';

/** One thread of the engine: joins the work it was started for to the pool that started it. */
if (!parentPort) throw new Error('scan-thread runs as a worker thread only');
const { work, stop, code }: ThreadData = workerData;
if (work === 'scan') serveThread(parentPort, stop, scanWork(code));
else serveThread(parentPort, stop, searchWork());
