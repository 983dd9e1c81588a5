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

let unprinted = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) is no error.
  if (error.code !== 'EPIPE' && !unprinted) {
    unprinted = true;
    // A file's failure may be told after the command has ended.
    process.exitCode = exitCodes.files;
    process.stderr.write(`rollscope: the result could not be written to standard output (${error.code ?? error.message}).\n`);
  }
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
  process.exitCode = unprinted ? exitCodes.files : code;
});
