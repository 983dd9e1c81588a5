// npm test: lint, types, format, build, unit tests, end-to-end tests. `-- --only lint|unit|e2e` runs a part.
// Says what it installs; see scripts/README.md.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runTypeScript } from './run-typescript.mjs';

const project = new URL('..', import.meta.url);
if (!existsSync(new URL('node_modules/.package-lock.json', project))) {
  console.log('The dependencies are not installed: npm ci');
  const { status } = spawnSync('npm', ['ci'], { cwd: fileURLToPath(project), stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}
await runTypeScript(new URL('test/main.ts', import.meta.url));
