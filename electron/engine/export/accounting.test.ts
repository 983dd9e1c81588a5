import { expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import { seededRandom } from '../select/index.ts';
import { runExport } from './run.ts';
import { targets } from './targets.ts';
import { rowsOf } from './testing/rows.ts';
import { memorySource, recipeOf, rolloutLine, temporaryFolder, toolItems } from './testing/source.ts';

const sum = (list: readonly { count: number }[]): number => list.reduce((total, { count }) => total + count, 0);

/** Rollouts, lines that are none, failures, masked ones and unanswered ones; counted here as they are made. */
function randomFile(random: () => number): { lines: string[]; invalid: number; rewarded: number } {
  let [invalid, rewarded] = [0, 0];
  const lines = Array.from({ length: 40 }, (_, i) => {
    if (random() < 0.1) {
      invalid++;
      return ['not json', '[1]', '{"cut":', '7'][i % 4] ?? '';
    }
    const reward = random() < 0.1 ? null : Math.floor(random() * 5) / 4;
    if (reward !== null && reward >= 0.5) rewarded++;
    const row: object = JSON.parse(
      rolloutLine(Math.floor(random() * 8), reward, `answer ${Math.floor(random() * 6)}`, random() < 0.3 ? toolItems('{"x":1}') : []),
    );
    const odd = random();
    if (odd < 0.08) return JSON.stringify({ ...row, _ng_failure_class: 'timeout' });
    if (odd < 0.16) return JSON.stringify({ ...row, mask_sample: true });
    if (odd < 0.24) return JSON.stringify({ ...row, response: { output: [] } });
    return JSON.stringify(row);
  });
  return { lines, invalid, rewarded };
}

/** Numbers of the lines that written rows say they came from. */
function linesIn(rows: readonly Record<string, unknown>[]): Set<number> {
  const found = new Set<number>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, each] of Object.entries(value)) {
      if (key === 'line' && typeof each === 'number') found.add(each);
      else look(each);
    }
  };
  for (const { gym_meta: meta } of rows) if (typeof meta === 'string') look(JSON.parse(meta));
  return found;
}

/** Tasks name the one rollout that is written, of all that are used; Arrow is read by no library that tests have. */
const tracing = targets.filter(
  ({ info }) =>
    info.target !== 'custom/arrow' && info.options.some(({ key }) => key === 'meta') && !info.cells.some(({ column }) => column === 'rl'),
);

test.each(tracing.map(({ info }) => info.target))('%s: what is read, used and left out is what lies in file and folder', async (target) => {
  const options = targets.find(({ info }) => info.target === target)?.info.options ?? [];
  const has = (name: string): boolean => options.some(({ key }) => key === name);
  let written = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const random = seededRandom(seed * 31);
    const { lines, invalid, rewarded } = randomFile(random);
    const filter = random() < 0.5 ? ['reward >= 0.5'] : [];
    const recipe: Recipe = {
      ...recipeOf(
        target,
        { meta: true, ...(has('validation') && { validation: 0.3 }), ...(has('dedupe') && { dedupe: random() < 0.5 }) },
        filter,
      ),
      ...(random() < 0.3 && { rules: { exclude: ['any/rule'] } }),
    };
    const folder = temporaryFolder();
    const made = await runExport(memorySource(lines), recipe, { folder, overwrite: false }).catch((error: unknown) => {
      if (error instanceof AppError && ['nothing-left', 'bad-input'].includes(error.code)) return undefined;
      throw error;
    });
    if (!made) continue;
    const rows = [];
    for (const file of made.files.filter((each) => each.rows > 0)) rows.push(...(await rowsOf(folder, file.path)));
    written += rows.length;
    expect(made.invalidLines).toBe(invalid);
    expect(made.rowsRead).toBe(lines.length - invalid);
    expect(made.rowsSelected).toBe(filter.length > 0 ? rewarded : lines.length - invalid);
    expect(made.rowsRead).toBe(sum(made.filteredOut) + made.rowsSelected);
    expect(made.rowsSelected).toBe(made.rolloutsUsed + sum(made.excluded));
    expect(made.rowsWritten).toBe(rows.length);
    expect(made.rolloutsUsed).toBe(linesIn(rows).size);
  }
  expect(written).toBeGreaterThan(0);
});
