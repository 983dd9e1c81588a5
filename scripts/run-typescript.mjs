import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const project = new URL('..', import.meta.url);

/**
 * Runs a TypeScript program with the arguments of this process. Node 22.18 and later run it as it is; an older one hands
 * over to the Node among the development dependencies.
 * @param {URL} program
 */
export async function runTypeScript(program) {
  if (process.features.typescript) {
    await import(pathToFileURL(fileURLToPath(program)).href);
    return;
  }
  const node = fileURLToPath(new URL('node_modules/.bin/node', project));
  const done = spawnSync(node, [fileURLToPath(program), ...process.argv.slice(2)], { stdio: 'inherit' });
  if (done.error) throw done.error;
  process.exitCode = done.status ?? 1;
}
