import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createScanner } from './create-scanner.ts';
import { ReferenceScanner } from './reference/scanner.ts';
import { Scanner } from './scanner.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-scanner-'));
const bundle = path.join(folder, 'create-scanner.cjs');

beforeAll(async () => {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    assetsInclude: ['**/*.wasm'],
    build: {
      outDir: folder,
      target: 'node16',
      minify: false,
      lib: { entry: path.join(import.meta.dirname, 'create-scanner.ts'), formats: ['cjs'], fileName: () => 'create-scanner.cjs' },
      rolldownOptions: { external: [/^node:/] },
    },
  });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

test('the kernel scans where WebAssembly has SIMD, the plain scanner where the environment asks for it', () => {
  expect(createScanner('all')).toBeInstanceOf(Scanner);
  vi.stubEnv('ROLLSCOPE_SCANNER', 'reference');
  expect(createScanner('all')).toBeInstanceOf(ReferenceScanner);
});

test.each([
  ['no WebAssembly', ['--jitless'], '', 'ReferenceScanner'],
  ['no SIMD in it', [], 'WebAssembly.validate = () => false;', 'ReferenceScanner'],
  ['all of it', [], '', 'Scanner'],
])('with %s', (_, flags, before, name) => {
  const program = `${before} process.stdout.write(require(${JSON.stringify(bundle)}).createScanner('all').constructor.name)`;
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '-e', program], { encoding: 'utf8' });
  expect([stdout, stderr]).toEqual([name, '']);
});
