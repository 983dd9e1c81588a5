import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifest } from '#shared/model/export.ts';
import { pictured } from '../engine/export/testing/pictures.ts';
import { rolloutLine } from '../engine/export/testing/source.ts';
import { seededRandom } from '../engine/select/index.ts';
import { buildCommandLine, type Built } from './testing/built.ts';

let built: Built;
let seconds = 1;
const rounds = 6;
const random = seededRandom(11);

beforeAll(async () => {
  built = await buildCommandLine();
  const lines = Array.from({ length: 6000 }, (_, i) => rolloutLine(i % 900, i % 3, `answer ${i} ${'x'.repeat(2500)}`));
  writeFileSync(path.join(built.folder, 'many.jsonl'), `${lines.join('\n')}\n`);
  const shown = Array.from({ length: 2400 }, (_, i) => pictured(i >> 1, (i % 2) / 2, 3000));
  writeFileSync(path.join(built.folder, 'shown.jsonl'), `${shown.join('\n')}\n`);
}, 120_000);
afterAll(() => built.remove());

const at = (...names: string[]): string => path.join(built.folder, ...names);
const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
const words = (target: string, out: string, ...more: string[]): string[] => {
  const [name = '', images] = target.split(' ');
  const what = images === undefined ? ['many.jsonl'] : ['shown.jsonl', '--set', images];
  return ['export', ...what, '--to', name, '--set', 'validation=0.1', '--threads', '2', '--no-cache', '--out', out].concat(more);
};

/** What a data file must be under its final name. */
async function wholeFiles(target: string): Promise<Record<string, string>> {
  const started = performance.now();
  const { code, stderr } = await built.run(words(target, 'whole'));
  seconds = (performance.now() - started) / 1000;
  expect(code, stderr).toBe(0);
  const names = readdirSync(at('whole')).filter((name) => /^(train|validation|image-\w+)\./.test(name));
  expect(names.length).toBeGreaterThan(target.includes(' ') ? 1000 : 1);
  const hashes = Object.fromEntries(names.map((name) => [name, sha256(at('whole', name))]));
  rmSync(at('whole'), { recursive: true });
  return hashes;
}

/** Nothing half-written has a name that someone may read. */
function requireWhole(folder: string, expected: Readonly<Record<string, string>>): void {
  for (const name of readdirSync(folder)) {
    if (name in expected) expect(sha256(path.join(folder, name)), name).toBe(expected[name]);
    if (name === 'manifest.json')
      for (const file of manifest.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))).files)
        expect(sha256(path.join(folder, file.path))).toBe(file.sha256);
  }
}

describe.each(['custom/rollouts', 'trl/sft', 'nemo-rl/sft', 'verl/sft', 'custom/arrow', 'trl/sft images=files'])('%s', (target) => {
  test(
    'killed at any moment: nothing half-written has its name, and the same command finishes the work',
    { timeout: 120_000 },
    async () => {
      const expected = await wholeFiles(target);
      let killed = 0;
      for (let round = 0; round < rounds; round++) {
        const out = `out-${round}`;
        const ended = await built.run(words(target, out), {
          kill: { signal: 'SIGKILL', afterMs: (0.3 + random() * 0.75) * seconds * 1000 },
        });
        if (existsSync(at(out))) requireWhole(at(out), expected);
        const isDone = existsSync(at(out, 'manifest.json'));
        if (ended.code === null && !isDone) killed++;
        if (!isDone) {
          const again = await built.run(words(target, out));
          expect(again.code, again.stderr).toBe(0);
          expect(readdirSync(at(out)).filter((name) => name.includes('.partial'))).toEqual([]);
        }
        for (const [name, hash] of Object.entries(expected)) expect(sha256(at(out, name))).toBe(hash);
        rmSync(at(out), { recursive: true });
      }
      expect(killed).toBeGreaterThan(0);
    },
  );
});

test('what others wrote under a partial name is left alone', async () => {
  mkdirSync(at('mine'));
  writeFileSync(at('mine/train.jsonl.partial'), 'mine');
  const refused = await built.run(words('custom/rollouts', 'mine'));
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain('not empty');
  const still = await built.run(words('custom/rollouts', 'mine', '--overwrite'));
  expect(still.stderr).toContain('train.jsonl.partial');
  expect(readdirSync(at('mine'))).toEqual(['train.jsonl.partial']);
  expect(readFileSync(at('mine/train.jsonl.partial'), 'utf8')).toBe('mine');
});
