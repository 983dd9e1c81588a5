import { spawnSync } from 'node:child_process';
import path from 'node:path';

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Command and arguments that the program is an argument of, such as xvfb-run. */
  readonly wrapper?: readonly string[];
}

/** Runs a program in the project, its output on ours. True when it succeeded. */
export function run(program: string, args: readonly string[], { env = {}, wrapper = [] }: RunOptions = {}): boolean {
  const [command = program, ...rest] = [...wrapper, program, ...args];
  const done = spawnSync(command, rest, {
    stdio: ['ignore', 'inherit', 'inherit'],
    // The tools start `node` by name, and want the one among the development dependencies.
    env: { ...process.env, PATH: [path.resolve('node_modules/.bin'), process.env['PATH']].join(path.delimiter), ...env },
    shell: process.platform === 'win32',
  });
  if (done.error) console.error(`${command}: ${done.error.message}`);
  return done.status === 0;
}

/** Runs a program of the development dependencies. */
export function runTool(name: string, args: readonly string[], options: RunOptions = {}): boolean {
  return run(path.resolve('node_modules/.bin', name), args, options);
}
