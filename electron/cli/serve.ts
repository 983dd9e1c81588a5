import { once } from 'node:events';
import { cacheFolder } from '../host/cache-folder.ts';
import { openBrowser } from '../serve/open-browser.ts';
import { serve as startServing } from '../serve.ts';
import type { Arguments } from './arguments.ts';
import { defineCommand, readingOptions, servingOptions } from './command.ts';
import type { Context } from './context.ts';
import { exitCodes } from './failure.ts';
import { spoolStandardInput } from './spool.ts';

const options = { ...servingOptions, ...readingOptions } as const;

export const serve = defineCommand({
  usage: 'serve [PATH…] [--port N] [--out-root DIR] [--allow-host NAME] [--no-open]',
  about: 'Serve the app on this machine for a browser, which may be elsewhere behind a tunnel. It opens only what is named here.',
  options,
  run: serveUntilStopped,
});

/** Serves until Ctrl-C or SIGTERM, which is how this ends well. The address goes to standard output. */
export async function serveUntilStopped(args: Arguments<typeof options>, context: Context): Promise<number> {
  const { stdout, stderr, signal, built } = context;
  const spooled = await spoolStandardInput(args.operands, context);
  try {
    const serving = await startServing({
      built,
      paths: spooled.paths,
      recursive: args.flag('recursive'),
      port: args.integer('port') ?? 0,
      outRoot: args.value('out-root') ?? process.cwd(),
      allowHosts: args.list('allow-host'),
      threads: args.integer('threads'),
      cacheFolder: args.flag('no-cache') ? undefined : cacheFolder(process.platform, context.env),
    });
    stderr.write('Serving Rollscope at this address, which lets in whoever has it. Ctrl-C stops.\n');
    stdout.write(`${serving.url}\n`);
    if (!args.flag('no-open')) openBrowser(serving.urlForOnce());
    if (!signal.aborted) await once(signal, 'abort');
    await serving.close();
    return exitCodes.done;
  } finally {
    await spooled.remove();
  }
}
