/** Composition root of the `rollscope` command: joins the commands with this process. */
import path from 'node:path';
import type { Context } from './context.ts';
import { exitCodes } from './failure.ts';
import { runCommandLine } from './run.ts';

const interrupt = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // Who asks twice does not want to wait for anything to be tidied up.
    if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
    interrupt.abort();
  });
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  interrupt.abort();
});

const context: Context = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interrupt.signal,
  built: {
    engineWorker: path.join(__dirname, 'engine-worker.cjs'),
    scanThread: path.join(__dirname, 'scan-thread.cjs'),
    sample: path.join(__dirname, 'sample.jsonl'),
    page: path.join(__dirname, '../renderer/main_window'),
    app: path.join(__dirname, '../..'),
  },
};

void runCommandLine(process.argv.slice(2), context).then((code) => {
  process.exitCode = code;
});
