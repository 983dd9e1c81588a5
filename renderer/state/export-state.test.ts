import { expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { TargetInfo, TargetOption } from '#shared/model/target.ts';
import { initialChoices, isChoice, reduceChoices } from './export-choices.ts';
import {
  exportFilter,
  initialSitting,
  isInForce,
  joined,
  nextName,
  optionError,
  paceOf,
  proposedName,
  recipeFor,
  reduceSitting,
  type ExportAction,
} from './export-state.ts';

const reasoning: TargetOption = {
  key: 'reasoning',
  step: 'mapping',
  title: 'Reasoning',
  help: '',
  kind: 'choice',
  choices: [
    { value: 'inline', title: 'Inline' },
    { value: 'drop', title: 'Drop' },
  ],
  default: 'inline',
};
const best: TargetOption = { key: 'best', step: 'sampling', title: 'Best', help: '', kind: 'integer', min: 0, max: 100, default: 0 };

function target(id: string, options: TargetOption[]): TargetInfo {
  const [framework = '', method = ''] = id.split('/');
  return {
    target: id,
    framework: { id: framework, title: framework, version: '' },
    method: { id: method, title: method, about: '' },
    cells: [{ column: 'sft' }],
    writes: '',
    needs: [],
    files: [],
    command: '',
    notes: [],
    options,
  };
}
const only = (...filter: string[]) => ({ filter, exportOnly: [] });
function after(...actions: ExportAction[]) {
  return joined(actions.filter(isChoice).reduce(reduceChoices, initialChoices), actions.reduce(reduceSitting, initialSitting));
}

test('a recipe names the filter and only what differs from the defaults', () => {
  const state = after({ type: 'option', key: 'reasoning', value: 'inline' }, { type: 'option', key: 'best', value: 2 });
  expect(recipeFor(state, only('reward >= 0.5'), target('trl/sft', [reasoning, best]))).toEqual({
    version: 1,
    filter: ['reward >= 0.5'],
    target: 'trl/sft',
    options: { best: 2 },
  });
});

test('all rows leave the filter out', () => {
  expect(recipeFor(after({ type: 'rows', rows: 'all' }), only('reward >= 0.5'), target('trl/sft', [])).filter).toEqual([]);
});

test('conditions of exports alone come to the filter, their ranges in place of its own', () => {
  const conditions = { filter: ['agent = "a"', 'reward >= 0.5'], exportOnly: ['reward >= 0.8', 'tokens <= 90'] };
  expect(exportFilter(after(), conditions)).toEqual(['agent = "a"', 'reward >= 0.8', 'tokens <= 90']);
  expect(exportFilter(after({ type: 'rows', rows: 'all' }), conditions)).toEqual(['reward >= 0.8', 'tokens <= 90']);
  expect(exportFilter(after({ type: 'rows', rows: 'starred' }), conditions)).toEqual(['star', 'reward >= 0.8', 'tokens <= 90']);
});

test('choices outlive a change of target, and apply again where they fit', () => {
  const state = after({ type: 'option', key: 'reasoning', value: 'drop' }, { type: 'target', target: 'custom/rollouts' });
  expect(recipeFor(state, only(), target('custom/rollouts', [best])).options).toEqual({});
  const keepOnly: TargetOption = { ...reasoning, choices: [{ value: 'inline', title: 'Inline' }] };
  expect(recipeFor(state, only(), target('nemo-rl/sft', [keepOnly])).options).toEqual({});
  expect(recipeFor(state, only(), target('trl/sft', [reasoning])).options).toEqual({ reasoning: 'drop' });
});

test('an option can go back to its default', () => {
  const state = after({ type: 'option', key: 'best', value: 3 }, { type: 'option', key: 'best', value: undefined });
  expect(state.options).toEqual({});
});

test('steps stop at both ends', () => {
  expect(after({ type: 'step.by', by: -1 }).step).toBe('rows');
  expect(after({ type: 'step', step: 'preview' }, { type: 'step.by', by: 1 }, { type: 'step.by', by: 1 }).step).toBe('run');
});

test('a refusal goes when what it spoke of changes; moving between steps keeps it', () => {
  const refusal: ExportAction = {
    type: 'run',
    run: { phase: 'failed', error: new AppError('exists', 'The folder runs is not empty.'), overwrite: false },
  };
  expect(after(refusal, { type: 'step', step: 'rows' }).run.phase).toBe('failed');
  expect(after(refusal, { type: 'name', name: 'runs-2' }).run.phase).toBe('idle');
  expect(after(refusal, { type: 'target', target: 'trl/dpo' }).run.phase).toBe('idle');
});

test('numbers outside their range say so', () => {
  expect(optionError(best, 1.5)).toBe('Type a whole number.');
  expect(optionError(best, -1)).toBe('At least 0.');
  expect(optionError(best, 101)).toBe('At most 100.');
  expect(optionError(best, Number.NaN)).toBe('Type a number.');
  expect(optionError(best, 100)).toBeNull();
});

test('folder names hold nothing that a path or a shell would read', () => {
  expect(proposedName('step400 rollouts.jsonl', 'trl/sft')).toBe('step400-rollouts-trl-sft');
  expect(proposedName('../etc.jsonl.gz', 'custom/map')).toBe('etc-custom-map');
  expect(nextName('runs')).toBe('runs-2');
  expect(nextName('runs-2')).toBe('runs-3');
});

test('the pace of a stage is told from its own beginning, and only while it runs', () => {
  const progress = { phase: 'write', done: 0, total: 100, bytesWritten: 0, elapsedMs: 4000 } as const;
  const running = after(
    { type: 'run', run: { phase: 'running', progress: null, stage: null } },
    { type: 'progress', progress: { ...progress, phase: 'plan', done: 100, elapsedMs: 3000 } },
    { type: 'progress', progress },
    { type: 'progress', progress: { ...progress, done: 25, elapsedMs: 5000 } },
  ).run;
  if (running.phase !== 'running' || running.progress === null || running.stage === null) throw new Error('not running');
  expect(running.stage).toEqual({ name: 'write', startedMs: 4000 });
  expect(paceOf(running.progress, running.stage)).toEqual({ perSecond: 25, leftMs: 3000 });
  expect(after({ type: 'progress', progress }).run.phase).toBe('idle');
});

test('a recipe replaces every choice, and what no step has a control for goes with it', () => {
  const pair = { chosen: { hash: 'a'.repeat(64) }, rejected: { hash: 'b'.repeat(64) } };
  const recipe = {
    version: 1 as const,
    filter: ['reward >= 0.5'],
    target: 'trl/dpo',
    options: { reasoning: 'drop', pairs: 'by-hand' },
    pairs: [pair],
    rules: { exclude: ['response/truncated'], off: ['admission/masked'] },
  };
  const state = after({ type: 'rows', rows: 'all' }, { type: 'option', key: 'best', value: 2 }, { type: 'recipe', name: 'a.json', recipe });
  const pairs: TargetOption = { ...reasoning, key: 'pairs', choices: [{ value: 'by-hand', title: '' }], default: 'best-worst' };
  expect(recipeFor(state, only('reward >= 0.5'), target('trl/dpo', [reasoning, best, pairs]))).toEqual(recipe);
  expect(state).toMatchObject({ rows: 'filter', readFrom: 'a.json' });

  const { pairs: _, ...without } = recipe;
  expect(recipeFor(state, only('reward >= 0.5'), target('trl/sft', [reasoning, best]))).toEqual({
    ...without,
    target: 'trl/sft',
    options: { reasoning: 'drop' },
  });
  const taken = { type: 'recipe', name: 'a.json', recipe } as const;
  expect(after(taken, { type: 'carried', carried: {} }).carried).toEqual({});
});

test('an option that does nothing with the others as they are has no place in a form', () => {
  const shuffle: TargetOption = { ...best, key: 'shuffle', kind: 'boolean', default: false };
  const keep: TargetOption = { ...reasoning, key: 'keep', when: { key: 'shuffle', values: ['true'] } };
  const idle = [
    { key: 'best', values: ['0'] },
    { key: 'keep', values: ['inline'] },
    { key: 'not-there', values: ['x'] },
  ];
  const seed: TargetOption = { ...best, key: 'seed', idle };
  const of = target('trl/sft', [best, shuffle, keep, seed]);
  const inForce = (...actions: ExportAction[]): boolean => isInForce(after(...actions), of, seed);
  expect(inForce()).toBe(false);
  expect(inForce({ type: 'option', key: 'best', value: 2 })).toBe(true);
  // `keep` says so, but does nothing itself.
  expect(inForce({ type: 'option', key: 'keep', value: 'drop' })).toBe(false);
  expect(inForce({ type: 'option', key: 'keep', value: 'drop' }, { type: 'option', key: 'shuffle', value: true })).toBe(true);
});

test('what only some paths use has its place while a field is filled from one', () => {
  const fields: TargetOption = { ...best, key: 'fields', kind: 'fields', default: { reward: 'reward' } };
  const scale: TargetOption = { ...reasoning, key: 'scale', when: { key: 'fields', values: ['scaled_reward', 'margin'] } };
  const of = target('custom/map', [fields, scale]);
  const inForce = (source: string): boolean =>
    isInForce(after({ type: 'option', key: 'fields', value: { a: 'reward', b: source } }), of, scale);
  expect(isInForce(after(), of, scale)).toBe(false);
  expect(inForce('round(scaled_reward, 2)')).toBe(true);
  expect(inForce('chosen.scaled_reward')).toBe(true);
  expect(inForce('scaled_rewards')).toBe(false);
});
