import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Recipe } from '#shared/model/recipe.ts';
import { createEngine } from '../engine/index.ts';
import { pictured } from '../engine/export/testing/pictures.ts';
import { buildCommandLine, type Built } from './testing/built.ts';

let built: Built;

beforeAll(async () => {
  built = await buildCommandLine();
  const lines = Array.from({ length: 1200 }, (_, i) => pictured(i >> 2, (i % 4) / 3, 3000));
  writeFileSync(path.join(built.folder, 'shown.jsonl'), `${lines.join('\n')}\n`);
}, 120_000);
afterAll(() => built.remove());

/** Every file of an export but its manifest, which says when it was made. */
function hashesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name !== 'manifest.json');
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(path.join(folder, name)))
        .digest('hex'),
    ]),
  );
}

const version = (): string => JSON.parse(readFileSync('package.json', 'utf8')).version;

test.each(['trl/sft', 'verl/rl'])(
  '%s: images beside files are the same bytes by app and command line',
  { timeout: 60_000 },
  async (target) => {
    const out = path.join(built.folder, 'out');
    const found: Record<string, string>[] = [];
    for (const threads of ['1', '2', '2']) {
      const options = ['--set', 'images=files', '--set', 'validation=0.2', '--threads', threads, '--no-cache'];
      const ended = await built.run(['export', 'shown.jsonl', '--to', target, ...options, '--out', out]);
      expect(ended.code, ended.stderr).toBe(0);
      found.push(hashesOf(out));
      rmSync(out, { recursive: true });
    }
    // As the app starts it, on the bundle of its threads.
    const engine = createEngine({ version: version(), scanThread: path.join(path.dirname(built.cli), 'scan-thread.cjs'), threads: 2 });
    const dataset = await engine.open([path.join(built.folder, 'shown.jsonl')]);
    await dataset.watch();
    const recipe: Recipe = { version: 1, filter: [], target, options: { images: 'files', validation: 0.2 } };
    await dataset.plan(recipe);
    await dataset.export(recipe, { folder: out, overwrite: false });
    found.push(hashesOf(out));
    rmSync(out, { recursive: true });
    await engine.close();
    const [first = {}, ...others] = found;
    expect(Object.keys(first).filter((name) => name.startsWith('image-')).length).toBeGreaterThan(300 / 2);
    for (const other of others) expect(other).toEqual(first);
  },
);
