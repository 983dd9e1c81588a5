import { parentPort, workerData } from 'node:worker_threads';
import type { KernelCode } from './engine/scan/kernel.ts';
import { scanWork } from './engine/scan/thread.ts';
import type { ThreadData } from './engine/threads/messages.ts';
import { serveThread } from './engine/threads/serve-thread.ts';

/** One thread of the engine: joins the work it was started for to the pool that started it. */
if (!parentPort) throw new Error('scan-thread runs as a worker thread only');
const port = parentPort;
const data: ThreadData<'scan', KernelCode | null> | ThreadData<'lines' | 'export'> = workerData;
// A thread starts without the code for what it does not do.
switch (data.work) {
  case 'scan':
    serveThread(port, scanWork(data.code));
    break;
  case 'lines':
    void import('./engine/lines/thread.ts').then(({ lineWork }) => serveThread(port, lineWork(data.code)));
    break;
  case 'export':
    void import('./engine/export/work/thread.ts').then(({ exportWork }) => serveThread(port, exportWork()));
    break;
}
