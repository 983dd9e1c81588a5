import { parentPort, workerData } from 'node:worker_threads';
import { serveScans } from './engine/scan/thread.ts';

/** One scan thread: joins the scanner to the pool that started it. */
if (!parentPort) throw new Error('scan-thread runs as a worker thread only');
serveScans(parentPort, workerData);
