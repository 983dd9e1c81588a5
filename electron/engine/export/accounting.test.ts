import { expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { ExportPlan, Manifest } from '#shared/model/export.ts';
import type { OptionValue, Recipe } from '#shared/model/recipe.ts';
import type { TargetOption } from '#shared/model/target.ts';
import { seededRandom } from '../select/index.ts';
import { planExport } from './plan.ts';
import { runExport } from './run.ts';
import { targets } from './targets.ts';
import { rowsOf } from './testing/rows.ts';
import { memorySource, recipeOf, rolloutLine, temporaryFolder, toolItems } from './testing/source.ts';

const sum = (list: readonly { count: number }[]): number => list.reduce((total, { count }) => total + count, 0);

/** A line as it was made: undefined are lines that are no rollout. */
interface Line {
  readonly text: string;
  readonly task: number;
  readonly asked: string;
  readonly reward: number | null;
  readonly isAdmitted: boolean;
  readonly hasTruth: boolean;
}

/** Rollouts, lines that are none, failures, masked and unanswered ones, and tasks that were asked two things; counted as they are made. */
function randomFile(random: () => number): { lines: string[]; rollouts: ReadonlyMap<number, Line> } {
  const rollouts = new Map<number, Line>();
  const lines = Array.from({ length: 40 }, (_, i) => {
    if (random() < 0.1) return ['not json', '[1]', '{"cut":', '7'][i % 4] ?? '';
    const reward = random() < 0.1 ? null : Math.floor(random() * 5) / 4;
    const task = Math.floor(random() * 8);
    const asked = `question ${task}${random() < 0.15 ? ' again' : ''}`;
    const plain = rolloutLine(task, reward, `answer ${Math.floor(random() * 6)}`, random() < 0.3 ? toolItems('{"x":1}') : []);
    const row: object = {
      ...JSON.parse(plain.replace(JSON.stringify(`question ${task}`), JSON.stringify(asked))),
      expected_answer: `truth ${task}`,
      agent_ref: { name: task % 3 === 0 ? 'a' : 'b' },
      uid: `row ${i}`,
    };
    const odd = random();
    const more =
      odd < 0.08
        ? { _ng_failure_class: 'timeout' }
        : odd < 0.16
          ? { mask_sample: true }
          : odd < 0.24
            ? { response: { output: [] } }
            : odd < 0.3
              ? { expected_answer: null }
              : {};
    const text = JSON.stringify({ ...row, ...more });
    const isAdmitted = !('mask_sample' in more) && !('_ng_failure_class' in more);
    rollouts.set(i + 1, { text, task, asked, reward, isAdmitted, hasTruth: !('expected_answer' in more) });
    return text;
  });
  return { lines, rollouts };
}

/** Numbers of the lines that a row says it came from. */
function linesIn(row: Readonly<Record<string, unknown>>): Set<number> {
  const found = new Set<number>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, each] of Object.entries(value)) {
      if (key === 'line' && typeof each === 'number') found.add(each);
      else look(each);
    }
  };
  if (typeof row['gym_meta'] === 'string') look(JSON.parse(row['gym_meta']));
  return found;
}

type Rows = readonly Record<string, unknown>[];

/** The rollouts that rows are made of, told from the rows and from how the file was made alone. */
function usedIn(
  rows: Rows,
  unit: string,
  { rollouts, isChosen }: { rollouts: ReadonlyMap<number, Line>; isChosen(line: Line): boolean },
): Set<number> {
  const all = [...rollouts];
  if (unit === 'line') {
    const texts = new Map(all.map(([number, { text }]) => [JSON.parse(text).uid, number]));
    return new Set(rows.map(({ uid }) => texts.get(uid) ?? Number.NaN));
  }
  if (unit !== 'task') return new Set(rows.flatMap((row) => [...linesIn(row)]));
  return new Set(
    rows.flatMap((row) => {
      const asked = rollouts.get([...linesIn(row)][0] ?? 0)?.asked ?? questionOf(row);
      const same = all.filter(([, line]) => isChosen(line) && line.asked === asked);
      // Of a task that was asked several things only what its first rollout was asked is written.
      const first = all.find(([, line]) => isChosen(line) && line.task === same[0]?.[1].task);
      expect(first?.[1].asked).toBe(asked);
      return same.map(([number]) => number);
    }),
  );
}

/** Of a row of Gym, which says not where it is from. */
function questionOf({ responses_create_params: request }: Readonly<Record<string, unknown>>): string {
  return /question \d+( again)?/.exec(JSON.stringify(request))?.[0] ?? '';
}

function randomValue({ key, kind, choices = [], default: value }: TargetOption, random: () => number): OptionValue {
  switch (kind) {
    case 'boolean':
      return random() < 0.5;
    case 'choice':
      return choices[Math.floor(random() * choices.length)]?.value ?? value;
    case 'integer':
      return Math.floor(random() * 4);
    case 'number':
      return ['validation', 'test'].includes(key) ? 0.2 : key === 'near-threshold' ? 0.9 : random() / 2;
    case 'column':
    case 'text':
    case 'fields':
      return value;
  }
}

const needsTruth = ['nemo-rl/grpo-math', 'verl/rl', 'openrlhf/ppo', 'trl/grpo'];

/** Draws that take some rollouts of a task away cannot be told from its row. */
const keptOf = (unit: string): readonly string[] => [
  'unit',
  'fields',
  'meta',
  'agent',
  ...(unit === 'task' ? ['max-length', 'longer', 'near-dedupe', 'dedupe', 'best-per-task'] : []),
];

const units = { rollouts: 'rollout', pairs: 'pair', labelled: 'label', tasks: 'task' };
const cases = targets.flatMap(({ info, passesLines = false }) => {
  const target = info.target;
  if (info.options.some(({ key }) => key === 'unit'))
    return Object.entries(units).map(([name, each]) => ({ target, unit: each, fixed: { unit: name } }));
  const isTask = info.cells.some(({ column }) => column === 'rl');
  return [{ target, unit: passesLines ? 'line' : isTask ? 'task' : 'rollout', fixed: {} }];
});

test('every target is among them', () => {
  expect(new Set(cases.map(({ target }) => target)).size).toBe(targets.length);
  expect(targets).toHaveLength(24);
});

test.each(cases)(
  '$target $fixed.unit: what is read, used and left out is what lies in file and folder',
  async ({ target, unit, fixed }) => {
    const options = targets.find(({ info }) => info.target === target)?.info.options ?? [];
    const hasMeta = options.some(({ key }) => key === 'meta');
    let written = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const random = seededRandom(seed * 31);
      const { lines, rollouts } = randomFile(random);
      const filter = random() < 0.4 ? ['reward >= 0.5'] : [];
      const isRuled = random() < 0.3;
      const drawn = Object.fromEntries(
        options.flatMap((option) =>
          !keptOf(unit).includes(option.key) && random() < 0.25 ? [[option.key, randomValue(option, random)] as const] : [],
        ),
      );
      const recipe: Recipe = {
        ...recipeOf(target, { ...drawn, ...fixed, ...(hasMeta && { meta: true }) }, filter),
        ...(isRuled && { rules: { exclude: ['any/rule'] } }),
      };
      const folder = temporaryFolder();
      const source = memorySource(lines);
      const done = await exported(source, recipe, folder);
      if (!done) continue;
      const { plan, made } = done;
      const rows: Record<string, unknown>[] = [];
      for (const file of made.files.filter((each) => each.rows > 0)) {
        const ofFile = await rowsOf(folder, file.path);
        expect(ofFile).toHaveLength(file.rows);
        rows.push(...ofFile);
      }
      written += rows.length;
      const isSelected = ({ reward }: Line): boolean => filter.length === 0 || (reward ?? 0) >= 0.5;
      const isChosen = (line: Line): boolean =>
        isSelected(line) && !(isRuled && line.reward === 1) && line.isAdmitted && (line.hasTruth || !needsTruth.includes(target));
      const selected = [...rollouts.values()].filter(isSelected).length;
      for (const told of [plan, made]) {
        expect(told.invalidLines).toBe(lines.length - rollouts.size);
        expect(told.rowsRead).toBe(rollouts.size);
        expect(told.rowsSelected).toBe(selected);
        expect(told.rowsRead).toBe(sum(told.filteredOut) + told.rowsSelected);
        expect(told.rowsSelected).toBe(told.rolloutsUsed + sum(told.excluded));
        expect(told.rowsWritten).toBe(rows.length);
      }
      expect(made.excluded).toEqual(plan.excluded);
      expect(made.rolloutsUsed).toBe(usedIn(rows, unit, { rollouts, isChosen }).size);
    }
    expect(written).toBeGreaterThan(0);
  },
);

/** Undefined where nothing is left, or a split leaves nothing to train on: both are said. */
async function exported(
  source: ReturnType<typeof memorySource>,
  recipe: Recipe,
  folder: string,
): Promise<{ plan: ExportPlan; made: Manifest } | undefined> {
  try {
    const plan = await planExport(source, recipe);
    return { plan, made: await runExport(source, recipe, { folder, overwrite: false }) };
  } catch (error) {
    if (error instanceof AppError && ['nothing-left', 'bad-input'].includes(error.code)) return undefined;
    throw error;
  }
}
