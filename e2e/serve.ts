import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cli } from './paths.ts';

export interface Served {
  /** As printed, with its token. */
  readonly url: string;
  readonly origin: string;
  stop(): Promise<void>;
}

interface Place {
  readonly outRoot: string;
  /** Where the app remembers settings. */
  readonly config: string;
  /** Where it keeps saved indexes, if not at the usual place. */
  readonly cache?: string;
}

/** Starts `rollscope serve` on files and waits for the address it prints. */
export async function serve(files: readonly string[], { outRoot, config, cache }: Place): Promise<Served> {
  const args = [cli, 'serve', ...files, '--no-open', '--port', '0', '--out-root', outRoot];
  const env = { ...process.env, XDG_CONFIG_HOME: config, ...(cache !== undefined && { ROLLSCOPE_CACHE_DIR: cache }) };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  const url = await printedUrl(child);
  return {
    url,
    origin: new URL(url).origin,
    async stop() {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function printedUrl(child: ChildProcess): Promise<string> {
  let said = '';
  return await new Promise((resolve, reject) => {
    const hear = (data: Buffer): void => {
      said += data.toString();
      const found = /http:\/\/\S+\?token=\S+/.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`serve ended with ${code} before it printed an address:\n${said}`)));
  });
}
