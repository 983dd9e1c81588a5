import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build, type ResolvedConfig } from 'vite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngine, type Dataset, type Engine } from '../index.ts';

let folder: string;
let marksFolder: string;
let engine: Engine;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rollscope-sidecar-'));
  marksFolder = path.join(folder, 'user', 'marks');
  engine = createEngine({ version: 'test', marksFolder });
});
afterEach(async () => {
  await engine.close();
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

const rollout = (task: number, index: number, reward: number): string =>
  JSON.stringify({ _ng_task_index: task, _ng_rollout_index: index, agent_ref: { name: 'math' }, reward });

async function open(name: string, lines: readonly string[]): Promise<Dataset> {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, lines.join('\n') + '\n');
  const dataset = await engine.open([file]);
  await dataset.watch();
  return dataset;
}

async function kept(dataset: Dataset, condition: string): Promise<number[]> {
  await dataset.prepare({ filter: [condition] });
  return dataset.page({ query: { filter: [condition], sort: [] }, draft: [], range: { start: 0, end: 100 }, columns: [] }).rows;
}

/** From here on nothing can be made beside a file; root may write anywhere but where the kernel forbids it. */
function forbid(file: string): void {
  if (process.getuid?.() === 0) symlinkSync('/sys/rollscope-marks', `${file}.rollscope.jsonl`);
  else chmodSync(path.dirname(file), 0o500);
}

test('where nothing can be written beside the file, marks are kept in the user’s folder, and found there again', async () => {
  const lines = [rollout(0, 0, 1), rollout(0, 1, 0)];
  const dataset = await open('locked/a.jsonl', lines);
  forbid(path.join(folder, 'locked', 'a.jsonl'));
  dataset.mark(1, { star: true, note: 'here' });
  expect(dataset.state().marks).toEqual({ rollouts: 1, carriedOver: 0, lost: 0, unreadableLines: 0, inDataFolder: true });
  expect(readdirSync(marksFolder)).toEqual([expect.stringMatching(/^a\.jsonl-[0-9a-f]{16}\.rollscope\.jsonl$/)]);
  await dataset.close();
  const again = await engine.open([path.join(folder, 'locked', 'a.jsonl')]);
  await again.watch();
  expect(await kept(again, 'star')).toEqual([1]);
  // A file of the same name elsewhere has marks of its own.
  const other = await open('other/a.jsonl', lines);
  expect(other.state().marks).toBeUndefined();
  chmodSync(path.join(folder, 'locked'), 0o700);
});

test('without such a folder it is said that they cannot be written', async () => {
  const alone = createEngine({ version: 'test' });
  const file = path.join(folder, 'locked', 'a.jsonl');
  await open('locked/a.jsonl', [rollout(0, 0, 1)]);
  forbid(file);
  const dataset = await alone.open([file]);
  await dataset.watch();
  expect(() => dataset.mark(0, { star: true })).toThrow('cannot be written');
  expect(dataset.state().marks).toBeUndefined();
  await alone.close();
  chmodSync(path.dirname(file), 0o700);
});

test('of marks in both places the later one wins', async () => {
  const line = (at: string, set: object): string => JSON.stringify({ v: 1, at, key: { agent: 'math', task: '0', rollout: 0 }, set }) + '\n';
  const first = await open('a.jsonl', [rollout(0, 0, 1)]);
  await first.close();
  forbid(path.join(folder, 'a.jsonl'));
  const again = await engine.open([path.join(folder, 'a.jsonl')]);
  await again.watch();
  again.mark(0, { note: 'own' });
  const [own = ''] = readdirSync(marksFolder);
  await again.close();
  chmodSync(folder, 0o700);
  rmSync(path.join(folder, 'a.jsonl.rollscope.jsonl'), { force: true });
  writeFileSync(path.join(marksFolder, own), line('2026-01-02', { note: 'second', star: true }) + line('2026-01-04', { tags: ['fourth'] }));
  writeFileSync(
    path.join(folder, 'a.jsonl.rollscope.jsonl'),
    line('2026-01-01', { note: 'first', star: false }) + line('2026-01-03', { note: 'third', tags: [] }),
  );
  const dataset = await engine.open([path.join(folder, 'a.jsonl')]);
  await dataset.watch();
  expect(await kept(dataset, 'star and tag "fourth" and `note` = "third"')).toEqual([0]);
});

test('a file in the place of marks that holds none is kept aside, and that is said', async () => {
  const sidecar = path.join(folder, 'a.jsonl.rollscope.jsonl');
  const bytes = Buffer.from([0x1f, 0x8b, 0, 0, 10, 255, 254]);
  writeFileSync(sidecar, bytes);
  const dataset = await open('a.jsonl', [rollout(0, 0, 1)]);
  expect(dataset.state().marks).toMatchObject({ unreadableLines: 2, rollouts: 0 });
  dataset.mark(0, { star: true });
  expect(dataset.state().marks).toMatchObject({ rollouts: 1, unreadableLines: 0, aside: ['a.jsonl.rollscope.jsonl.unreadable'] });
  expect(readFileSync(`${sidecar}.unreadable`)).toEqual(bytes);
  expect(readFileSync(sidecar, 'utf8')).toMatch(/^\{"v":1,.*"star":true.*\}\n$/);
  expect(await kept(dataset, 'star')).toEqual([0]);
});

test('marks go from one copy of a file to another; what is the same is not written again', async () => {
  const [a, b, c] = [rollout(0, 0, 1), rollout(0, 1, 0), rollout(1, 0, 0.5)];
  const one = await open('one/a.jsonl', [a, b, c]);
  one.mark(0, { star: true, tags: ['x'] });
  one.mark(1, { note: 'why' });
  one.mark(2, { star: true });
  const { text, marks } = await one.exportMarks();
  expect(marks).toBe(3);
  // The rows are in another order, one of them is another now, and one is missing.
  const two = await open('two/b.jsonl', [b, a]);
  two.mark(1, { note: 'mine' });
  const foreign = `${text}no mark\n`;
  expect(await two.importMarks(foreign)).toEqual({ added: 2, unchanged: 0, carriedOver: 0, lost: 1, unreadableLines: 1 });
  expect(await kept(two, 'star and tag "x" and `note` = "mine"')).toEqual([1]);
  expect(await kept(two, '`note` = "why"')).toEqual([0]);
  const before = readFileSync(path.join(folder, 'two/b.jsonl.rollscope.jsonl'), 'utf8');
  expect(await two.importMarks(foreign)).toMatchObject({ added: 0, unchanged: 2 });
  expect(readFileSync(path.join(folder, 'two/b.jsonl.rollscope.jsonl'), 'utf8')).toBe(before);
  const three = await open('three/c.jsonl', [rollout(1, 0, 0.75)]);
  expect(await three.importMarks(text)).toEqual({ added: 1, unchanged: 0, carriedOver: 1, lost: 2, unreadableLines: 0 });
  expect(await kept(three, 'star')).toEqual([0]);
  expect((await three.exportMarks()).text).toContain('"star":true');
});

test('two processes that write at once lose no mark', { timeout: 60_000 }, async () => {
  const count = 150;
  const file = path.join(folder, 'a.jsonl');
  writeFileSync(file, Array.from({ length: count * 2 }, (_, i) => rollout(i, 0, 1)).join('\n') + '\n');
  const out = path.join(folder, 'built');
  const entry = path.join(folder, 'writer.ts');
  const engineEntry = path.resolve('electron/engine/index.ts');
  writeFileSync(
    entry,
    `import { createEngine } from ${JSON.stringify(engineEntry)};
    async function main(): Promise<void> {
      const engine = createEngine({ version: 'test' });
      const dataset = await engine.open([process.argv[2]!]);
      await dataset.watch();
      for (let i = 0; i < ${count}; i++) dataset.mark(i * 2 + Number(process.argv[3]), { star: true, note: 'n'.repeat(i) });
      await engine.close();
    }
    void main();`,
  );
  const only = {
    name: 'only-the-writer',
    configResolved: ({ build: { lib } }: ResolvedConfig) => void (lib && (lib.entry = { writer: entry })),
  };
  await build({ configFile: 'vite.scan.config.ts', logLevel: 'error', build: { outDir: out }, plugins: [only] });
  const run = promisify(execFile);
  await Promise.all(['0', '1'].map((which) => run(process.execPath, [path.join(out, 'writer.cjs'), file, which])));
  const dataset = await engine.open([file]);
  await dataset.watch();
  expect(dataset.state().marks).toEqual({ rollouts: 2 * count, carriedOver: 0, lost: 0, unreadableLines: 0 });
  expect((await kept(dataset, 'star')).length).toBe(100);
});
