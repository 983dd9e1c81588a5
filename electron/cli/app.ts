import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { nearestNames } from '#shared/model/expression/index.ts';
import { expandPaths } from '../engine/index.ts';
import { defineCommand, readingOptions, servingOptions } from './command.ts';
import type { Context } from './context.ts';
import { findDesktop } from './electron-binary.ts';
import { exitCodes } from './failure.ts';
import { serveUntilStopped } from './serve.ts';
import { spoolStandardInput } from './spool.ts';
import { UsageError } from './usage-error.ts';

/** An Electron that ends badly within this time never showed a window: a library is missing, the display refuses. */
const startsWithinMs = 5000;

/** The bare call. `commands` are the words that would have been a command. */
export function appCommand(commands: readonly string[]) {
  return defineCommand({
    usage: '[PATH…]',
    about:
      'Open the app: the desktop app, or where Electron or a display is missing the same app in the browser, with the options of serve.',
    options: { ...servingOptions, ...readingOptions },
    async run(args, context) {
      refuseUnknownWord(args.operands[0], commands);
      const { app } = context.built;
      const desktop = findDesktop(app, context.env);
      if ('missing' in desktop) {
        context.stderr.write(`No desktop app, because ${desktop.missing}: serving it for the browser instead.\n`);
        return await serveUntilStopped(args, context);
      }

      const spooled = await spoolStandardInput(args.operands, context);
      try {
        const files = spooled.paths.length === 0 ? [] : expandPaths(spooled.paths, { recursive: args.flag('recursive') });
        const named = files.length === 0 || args.flag('recursive') ? files : spooled.paths;
        const threads = args.integer('threads');
        const words = [
          ...(threads === undefined ? [] : [`--scan-threads=${threads}`]),
          ...(args.flag('no-cache') ? ['--no-saved-index'] : []),
          ...named.map((file) => path.resolve(file)),
        ];
        const startedAt = Date.now();
        const code = await runDesktop(desktop.binary, [app, ...words], context);
        if (code === 0 || context.signal.aborted || Date.now() - startedAt > startsWithinMs) return code;
        context.stderr.write(`The desktop app did not start (exit code ${code}): serving it for the browser instead.\n`);
        return await serveUntilStopped({ ...args, operands: spooled.paths }, context);
      } finally {
        await spooled.remove();
      }
    },
  });
}

/** `rollscope stast a.jsonl` is a slip of the pen, not a file that is not there. */
function refuseUnknownWord(word: string | undefined, commands: readonly string[]): void {
  if (word === undefined || !/^[a-z][a-z-]*$/i.test(word) || existsSync(word)) return;
  const [near] = nearestNames(word, commands);
  throw new UsageError(`There is neither a command nor a file "${word}".${near === undefined ? '' : ` Did you mean rollscope ${near}?`}`);
}

async function runDesktop(binary: string, args: readonly string[], { env, signal }: Context): Promise<number> {
  const { ELECTRON_RUN_AS_NODE: _runAsNode, ...rest } = env;
  const child = spawn(binary, args, { stdio: ['ignore', 'inherit', 'inherit'], env: rest });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  return await new Promise((resolve) => {
    child.once('error', () => resolve(exitCodes.files));
    child.once('exit', (code, killedBy) => {
      signal.removeEventListener('abort', stop);
      resolve(code ?? (killedBy === null || signal.aborted ? exitCodes.done : exitCodes.files));
    });
  });
}
