import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

/**
 * Who may import whom, as the table in ARCHITECTURE.md says. Each line is a file, and imports in it; `type` before a module
 * makes it a type-only import. The real `.oxlintrc.json` is run over a made-up tree of such files.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'shared/model/row.ts': ['zod', './cell.ts', '../errors.ts', '#shared/limits.ts'],
  'shared/rpc/client.ts': ['zod', '#shared/contract/index.ts'],
  'electron/engine/engine.ts': [
    'node:fs',
    'node:worker_threads',
    '#shared/model/row.ts',
    '#shared/errors.ts',
    '#shared/limits.ts',
    './scan/index.ts',
  ],
  'electron/engine/export/writers/parquet.ts': ['hyparquet-writer', 'hyparquet', '../../query/index.ts', '../plan.ts'],
  'electron/engine/scan/scanner.ts': ['./kernel.wasm?inline'],
  'electron/engine-worker.ts': [
    'node:worker_threads',
    './engine/index.ts',
    './engine-handlers.ts',
    '#shared/contract/index.ts',
    '#shared/rpc/index.ts',
  ],
  'electron/engine-handlers.ts': ['./engine/index.ts', '#shared/errors.ts'],
  'electron/scan-thread.ts': [
    'node:worker_threads',
    './engine/scan/thread.ts',
    './engine/lines/thread.ts',
    './engine/export/work/thread.ts',
    './engine/threads/serve-thread.ts',
  ],
  'electron/host/grants.ts': ['node:crypto', 'node:fs/promises', '#shared/model/grant.ts', '#shared/rpc/index.ts', './store.ts'],
  'electron/shell/window.ts': ['electron', 'zod', 'node:path', '#shared/contract/index.ts', './security.ts', '../host/grants.ts'],
  'electron/main.ts': ['electron', 'node:path', '#shared/rpc/index.ts', './shell/window.ts', './host/grants.ts'],
  'electron/serve.ts': ['node:http', 'ws', '#shared/contract/index.ts', './host/grants.ts', './engine/index.ts'],
  'electron/serve/uploads.ts': ['node:http', 'ws', '../host/grants.ts', '#shared/errors.ts'],
  'electron/cli/stats.ts': [
    'zod',
    './main.ts',
    'node:util',
    '#shared/model/stats.ts',
    '../engine/index.ts',
    '../serve.ts',
    './arguments.ts',
  ],
  'electron/preload.ts': ['electron', 'type #shared/contract/index.ts', 'type #shared/rpc/bridge.ts'],
  'renderer/ui/Key.tsx': ['react', '@mantine/core', '@tabler/icons-react', './Key.module.css', 'type #shared/model/histogram.ts'],
  'renderer/data/use-rows.ts': ['react', '#shared/rpc/index.ts', './client.tsx'],
  'renderer/features/table/Table.tsx': [
    'react',
    '@tanstack/react-virtual',
    '../../ui/Key.tsx',
    '../../data/use-rows.ts',
    '../../state/use-view.tsx',
    './cell.ts',
    '#shared/model/cell.ts',
  ],
  'renderer/app/Page.tsx': ['react', '../features/table/Table.tsx', '../features/rewards/Rail.tsx', '../data/client.tsx', '@mantine/core'],
  'renderer/ui/Key.test.tsx': ['vitest', 'node:fs', '../../electron/engine/index.ts', '../features/table/Table.tsx'],
  'electron/engine/query/testing/memory-index.ts': ['vitest', '../../../../shared/rpc/index.ts'],
  'e2e/scenario.ts': ['@playwright/test', 'electron', '../electron/engine/index.ts', '../renderer/ui/format.ts'],
  'bench/bench.ts': ['../electron/engine/scan/scanner.ts', 'electron', 'node:fs'],
};

const forbidden: Readonly<Record<string, readonly string[]>> = {
  'shared/model/bad.ts': [
    'node:fs',
    'fs',
    'react',
    'electron',
    'type electron',
    'ws',
    '@mantine/core',
    '../../electron/engine/index.ts',
    '../../renderer/ui/format.ts',
    '../../bench/units.ts',
    './cell.test.ts',
  ],
  'electron/engine/query/bad.ts': [
    'electron',
    'type electron',
    'ws',
    'react',
    '#shared/rpc/index.ts',
    '#shared/contract/index.ts',
    'type #shared/contract/index.ts',
    '../../host/grants.ts',
    '../../shell/window.ts',
    '../../cli/stats.ts',
    '../../serve.ts',
    '../../main.ts',
    '../../engine-worker.ts',
    '../../engine-handlers.ts',
    '../../../renderer/ui/format.ts',
    './testing/memory-index.ts',
    './filter.test.ts',
    '../../../bench/units.ts',
    '../../../e2e/scenario.ts',
  ],
  'electron/engine-worker.ts': [
    'electron',
    './shell/window.ts',
    './engine/query/index.ts',
    './engine/dataset.ts',
    '../renderer/ui/format.ts',
    'ws',
    'react',
  ],
  'electron/engine-handlers.ts': ['electron', './engine/query/index.ts', './shell/window.ts'],
  'electron/scan-thread.ts': ['electron', './engine/index.ts', './engine/query/index.ts', './host/grants.ts'],
  'electron/host/bad.ts': [
    'electron',
    'type electron',
    '../engine/index.ts',
    '../engine/query/index.ts',
    '../shell/window.ts',
    '../cli/stats.ts',
    '../../renderer/ui/format.ts',
    'react',
  ],
  'electron/shell/bad.ts': [
    '../engine/index.ts',
    '../engine/query/index.ts',
    '../engine-worker.ts',
    '../engine-handlers.ts',
    '../cli/stats.ts',
    '../serve.ts',
    '../../renderer/ui/format.ts',
    'react',
    'ws',
  ],
  'electron/main.ts': [
    './engine/index.ts',
    './engine-handlers.ts',
    './serve.ts',
    '../renderer/ui/format.ts',
    '../e2e/scenario.ts',
    'react',
  ],
  'electron/serve.ts': ['electron', './shell/window.ts', './main.ts', './engine/query/index.ts', '../renderer/app/Page.tsx', 'react'],
  'electron/serve/bad.ts': ['electron', '../shell/window.ts', '../engine/query/index.ts', '../../renderer/app/Page.tsx'],
  'electron/cli/bad.ts': [
    '../main.ts',
    '../preload.ts',
    'electron',
    'type electron',
    '../shell/window.ts',
    '../engine/query/index.ts',
    '../engine/export/index.ts',
    '../../renderer/ui/format.ts',
    '../../bench/units.ts',
    'react',
  ],
  'electron/preload.ts': [
    'node:fs',
    'zod',
    '#shared/contract/index.ts',
    '#shared/rpc/index.ts',
    './shell/window.ts',
    './host/grants.ts',
    './engine/index.ts',
    'type ./engine/index.ts',
    '../renderer/ui/format.ts',
  ],
  'renderer/ui/bad.tsx': [
    '../data/use-rows.ts',
    '../state/use-view.tsx',
    '../features/table/Table.tsx',
    '../app/Page.tsx',
    '#shared/model/cell.ts',
    '#shared/contract/index.ts',
    '#shared/rpc/index.ts',
    'node:fs',
    'electron',
    '../../electron/engine/index.ts',
  ],
  'renderer/features/table/bad.tsx': [
    '../rewards/Rail.tsx',
    '../../features/rewards/Rail.tsx',
    '../../app/Page.tsx',
    '../../../electron/engine/index.ts',
    'type ../../../electron/engine/index.ts',
    '../../testing/fake-engine.ts',
    '#shared/rpc/index.ts',
    'electron',
    'node:fs',
    'ws',
    'hyparquet',
  ],
  'renderer/data/bad.ts': [
    '../features/table/Table.tsx',
    '../app/Page.tsx',
    'node:fs',
    'electron',
    '../../electron/engine/index.ts',
    '../testing/fake-engine.ts',
    './use-rows.test.ts',
  ],
  'renderer/state/bad.ts': ['../features/table/Table.tsx', '../app/Page.tsx', 'node:fs', '../../electron/engine/index.ts'],
  'renderer/app/bad.tsx': ['node:fs', 'electron', '../../electron/engine/index.ts', '../testing/fake-engine.ts', '../../e2e/scenario.ts'],
};

const ways = {
  import: (module: string) => `import { x } from '${module}';\nexport const y = x;\n`,
  type: (module: string) => `import type { X } from '${module}';\nexport type Y = X;\n`,
  'export from': (module: string) => `export { x } from '${module}';\n`,
  'dynamic import': (module: string) => `export const y = import('${module}');\n`,
};
type Way = keyof typeof ways;

interface Case {
  readonly file: string;
  readonly module: string;
  readonly way: Way;
  readonly folder: string;
}

function cases(table: Readonly<Record<string, readonly string[]>>, prefix: string, plainWays: readonly Way[]): Case[] {
  return Object.entries(table).flatMap(([file, modules]) =>
    modules.flatMap((module, index) => {
      const typeOnly = module.startsWith('type ');
      const each: readonly Way[] = typeOnly ? ['type'] : plainWays;
      return each.map((way, at) => ({ file, module: module.replace('type ', ''), way, folder: `${prefix}${index}-${at}` }));
    }),
  );
}

const good = cases(allowed, 'good', ['import']);
const bad = cases(forbidden, 'bad', ['import', 'export from', 'dynamic import']);

const report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });
let tree = '';
const found = new Map<string, string[]>();

/** Every case is a tree of its own with the rules at its root, because rules go by a file's path from there. */
beforeAll(async () => {
  tree = await mkdtemp(path.join(tmpdir(), 'import-rules-'));
  const rules = z.looseObject({ options: z.looseObject({}) }).parse(JSON.parse(await readFile('.oxlintrc.json', 'utf8')));
  const config = JSON.stringify({ ...rules, $schema: undefined, options: { ...rules.options, typeAware: false } });
  await Promise.all(
    [...good, ...bad].map(async ({ file, module, way, folder }) => {
      const target = path.join(tree, folder, file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, ways[way](module));
    }),
  );
  const folders = new Set([...good, ...bad].map((each) => each.folder));
  const run = promisify(execFile);
  for (const folder of folders) {
    const cwd = path.join(tree, folder);
    await writeFile(path.join(cwd, '.oxlintrc.json'), config);
    const output = await run(process.execPath, [path.resolve('node_modules/oxlint/bin/oxlint'), '--format', 'json', '--no-ignore'], {
      cwd,
    }).catch((error: { stdout?: string; stderr?: string }) => ({ stdout: error.stdout ?? '', stderr: error.stderr ?? '' }));
    for (const each of report.parse(JSON.parse(output.stdout)).diagnostics) {
      const file = path.join(folder, each.filename);
      found.set(file, [...(found.get(file) ?? []), each.code]);
    }
  }
}, 60_000);
afterAll(() => rm(tree, { recursive: true, force: true }));

const caught = ({ folder, file }: Case): boolean => (found.get(path.join(folder, file)) ?? []).includes('eslint(no-restricted-imports)');
const named = ({ way, module }: Case): string => `${way} ${module}`;

test.each(Object.keys(allowed))('%s may import what its row of the table allows', (file) => {
  expect(good.filter((each) => each.file === file && caught(each)).map(named)).toEqual([]);
});

test.each(Object.keys(forbidden))('%s must not import what its row of the table forbids', (file) => {
  expect(bad.filter((each) => each.file === file && !caught(each)).map(named)).toEqual([]);
});

test('require() is no way around the rules', async () => {
  const { rules } = z.object({ rules: z.record(z.string(), z.unknown()) }).parse(JSON.parse(await readFile('.oxlintrc.json', 'utf8')));
  expect(rules['typescript/no-require-imports']).toBe('error');
});
