import { open, readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OptionValue } from '#shared/model/recipe.ts';
import { seededRandom } from '../select/index.ts';
import { Pace } from './pace.ts';
import { packPlan, unpackPlan } from './packed-plan.ts';
import { preparedExport } from './plan.ts';
import type { PreparedExport } from './prepare.ts';
import { runExport } from './run.ts';
import type { Split } from './sampling.ts';
import type { WrittenBlock } from './slice.ts';
import { memorySource, recipeOf, rolloutLine, temporaryFolder, toolItems } from './testing/source.ts';
import type { ExportSource } from './types.ts';
import { blockCount, fileHead, fileTail, writeSlice } from './write-slice.ts';
import { OutputFile } from './writers/output-file.ts';

/** Rows enough for several blocks of every kind of file. */
const lines = Array.from({ length: 2600 }, (_, i) =>
  rolloutLine(i % 500, (i * 7 + Math.floor(i / 500)) % 10, `answer ${i} ${'x'.repeat(900)}`, i % 5 === 3 ? toolItems('{"x":1.0}') : []),
);
const source = memorySource(lines);

const cases: [target: string, options: Record<string, OptionValue>, fewestBlocks: number][] = [
  ['custom/rollouts', { shuffle: true, seed: 2 }, 3],
  ['custom/arrow', {}, 3],
  ['custom/map', { unit: 'labelled', fields: { label: 'label', text: 'text', task: 'task' } }, 3],
  ['custom/map', { unit: 'tasks', fields: { prompt: 'prompt' } }, 1],
  ['nemo-rl/sft', { meta: true }, 3],
  ['nemo-rl/dpo', { pairs: 'best-vs-each' }, 2],
  ['openrlhf/rm', { 'margin-column': true }, 1],
  ['trl/dpo', { pairs: 'best-vs-each', meta: true }, 2],
  ['trl/kto', {}, 3],
  ['trl/sft', { validation: 0.2, shuffle: true }, 3],
  ['trl/sft', { format: 'jsonl', meta: true }, 3],
  ['verl/sft', {}, 3],
  ['verl/gym', { agent: 'a' }, 1],
];

/** Cuts [0, count) at random places. */
function randomCuts(count: number, random: () => number): { from: number; to: number }[] {
  const cuts = [0, ...Array.from({ length: count - 1 }, (_, i) => i + 1).filter(() => random() < 0.5), count];
  return cuts.slice(1).map((to, i) => ({ from: cuts[i] ?? 0, to }));
}

/** Writes slices each into a file of its own, the last one first, and puts them together. */
async function assembled(from: ExportSource, plan: PreparedExport, split: Split, random: () => number): Promise<Buffer> {
  const folder = temporaryFolder();
  const parts: { at: number; bytes: Buffer; blocks: WrittenBlock[] }[] = [];
  const told = { rows: 0, text: 0 };
  for (const { from: first, to } of randomCuts(blockCount(plan, split), random).reverse()) {
    const file = path.join(folder, String(first));
    const handle = await open(file, 'wx');
    const out = new OutputFile(handle);
    let last = { rows: 0, text: 0 };
    const onRows = (rows: number, text: number): void => {
      last = { rows, text };
    };
    const blocks = await writeSlice(from, plan, { split, from: first, to }, out, { pace: new Pace(), folder, onRows });
    told.rows += last.rows;
    told.text += last.text;
    await out.end();
    await handle.close();
    parts.push({ at: first, bytes: await readFile(file), blocks });
  }
  expect(told).toEqual({ rows: split.examples.length, text: split.examples.bytes });
  parts.sort((a, b) => a.at - b.at);
  const blocks = parts.flatMap((part) => part.blocks);
  return Buffer.concat([fileHead(plan), ...parts.map(({ bytes }) => bytes), fileTail(plan, blocks)]);
}

describe.each(cases)('%s %j', (target, options, fewestBlocks) => {
  test('any slices of a plan that went through bytes make the same file', async () => {
    const recipe = recipeOf(target, options);
    const folder = temporaryFolder();
    const made = await runExport(source, recipe, { folder, overwrite: false });
    const packed = packPlan(source, await preparedExport(source, recipe));
    const elsewhere = memorySource(lines);
    const plan = unpackPlan(elsewhere, packed);
    expect(Buffer.compare(packPlan(elsewhere, plan), packed)).toBe(0);
    const blocks = plan.splits.map((split) => blockCount(plan, split));
    expect(Math.max(...blocks)).toBeGreaterThanOrEqual(fewestBlocks);
    for (const seed of [1, 2]) {
      for (const [i, split] of plan.splits.entries()) {
        const bytes = await assembled(elsewhere, plan, split, seededRandom(seed));
        expect(Buffer.compare(bytes, readFileSync(path.join(folder, made.files[i]?.path ?? '')))).toBe(0);
      }
    }
  });
});

describe('a plan as bytes', () => {
  const recipe = recipeOf('trl/dpo');

  test('is small: row numbers and sizes', async () => {
    const plan = await preparedExport(source, recipeOf('custom/rollouts'));
    expect(packPlan(source, plan).length).toBeLessThan(2600 * 20 + 4000);
  });

  test('of other files is refused', async () => {
    const packed = packPlan(source, await preparedExport(source, recipe));
    const [file] = source.files;
    const other = { ...source, files: [{ name: 'a.jsonl', bytes: file?.bytes ?? 0, fingerprint: 'other' }] };
    expect(() => unpackPlan(other, packed)).toThrow(expect.objectContaining({ code: 'changed' }));
    expect(() => unpackPlan({ ...source, files: [...source.files, ...source.files] }, packed)).toThrow(/Plan again/);
  });

  test('that is cut or damaged anywhere is refused', async () => {
    const packed = packPlan(source, await preparedExport(source, recipe));
    const refused = expect.objectContaining({ code: 'bad-input' });
    for (const length of [0, 10, 30, 500, packed.length - 1]) expect(() => unpackPlan(source, packed.subarray(0, length))).toThrow(refused);
    const random = seededRandom(4);
    const body = Buffer.from(packed).indexOf(10, 20) + 1;
    for (let i = 0; i < 50; i++) {
      const damaged = Uint8Array.from(packed);
      const at = body + Math.floor(random() * (packed.length - body));
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      expect(() => unpackPlan(source, damaged)).toThrow(refused);
    }
    expect(() => unpackPlan(source, Buffer.from(Buffer.from(packed).toString('latin1').replace('plan 1', 'plan 2'), 'latin1'))).toThrow(
      refused,
    );
  });
});
