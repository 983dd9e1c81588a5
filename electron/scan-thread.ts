import { parentPort, workerData } from 'node:worker_threads';
import type { KernelCode } from './engine/scan/kernel.ts';
import { scanWork } from './engine/scan/thread.ts';
import type { ThreadData } from './engine/threads/messages.ts';
import { serveThread } from './engine/threads/serve-thread.ts';

/** One thread of the engine: joins the work it was started for to the pool that started it. */
if (!parentPort) throw new Error('scan-thread runs as a worker thread only');
const port = parentPort;
const data: ThreadData<'scan', KernelCode | null> | ThreadData<'lines'> = workerData;
if (data.work === 'scan') serveThread(port, scanWork(data.code));
else {
  // A thread that scans starts without the code for this.
  void import('./engine/lines/thread.ts').then(({ lineWork }) => serveThread(port, lineWork(data.code)));
}
