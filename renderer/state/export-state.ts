import type { AppError } from '#shared/errors.ts';
import type { ExportProgress, Manifest } from '#shared/model/export.ts';
import type { Grant } from '#shared/model/grant.ts';
import type { OptionValue, PairKey, Recipe, RolloutKey } from '#shared/model/recipe.ts';
import type { ChatFile } from '#shared/model/training.ts';
import { isInForce as isOptionInForce, needsTokenizer, type TargetInfo, type TargetOption } from '#shared/model/target.ts';
import { withDraft } from './draft.ts';
import { initialChoices, mostPairs, type ChoiceAction, type ExportChoices, type ExportRows } from './export-choices.ts';
import type { ViewState } from './view-state.ts';

/** How far writing is. A manifest stays until the next run, whatever is chosen meanwhile. */
export type ExportRun =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly progress: ExportProgress | null; readonly stage: Stage | null }
  | { readonly phase: 'failed'; readonly error: AppError; readonly overwrite: boolean }
  | { readonly phase: 'done'; readonly manifest: Manifest; readonly place: Place; readonly recipe: Recipe };

/** The part of a run that is under way, and when it began: its pace is told from there. */
export interface Stage {
  readonly name: ExportProgress['phase'];
  readonly startedMs: number;
}

/** A folder below one that the user granted. */
export interface Place {
  readonly folder: Grant;
  readonly name: string;
}

/** A chat template or a tokenizer that the user chose. */
export interface ChatChoice {
  readonly grant: string;
  readonly file: ChatFile;
}
export type ChatKind = 'template' | 'tokenizer';

/** Pairs chosen by hand, rules that leave rollouts out, and rules that are off. */
export type Carried = Pick<Recipe, 'pairs' | 'rules'>;

/** A rollout that is chosen or rejected, until the other of its pair is named. */
export interface HalfPair {
  readonly side: PairSide;
  readonly row: number;
  readonly key: RolloutKey;
}
export type PairSide = keyof PairKey;

/** What is of this window alone: grants that mean nothing elsewhere, and what would make an address endless. Kept above the lens. */
export interface ExportSitting {
  /** Chosen by hand, where they are more than an address holds. */
  readonly manyPairs: Recipe['pairs'];
  /** One of a pair, whose other one is still to be chosen. */
  readonly half: HalfPair | null;
  /** The name of the recipe that was read last, until that has been taken note of. */
  readonly readFrom: string | null;
  /** Null: our own template, an estimate of tokens. */
  readonly template: ChatChoice | null;
  readonly tokenizer: ChatChoice | null;
  /** Null: where the shell says exports go. */
  readonly folder: Grant | null;
  /** Null: a name made from the file and the target. */
  readonly name: string | null;
  readonly run: ExportRun;
}

/** Every choice of the export lens: those of the address, and those of this window. */
export interface ExportState extends Omit<ExportChoices, 'pairs'>, Omit<ExportSitting, 'manyPairs'> {
  /** What a recipe says that no step has a control for. */
  readonly carried: Carried;
}

export const initialSitting: ExportSitting = {
  manyPairs: undefined,
  half: null,
  readFrom: null,
  template: null,
  tokenizer: null,
  folder: null,
  name: null,
  run: { phase: 'idle' },
};

export function joined(choices: ExportChoices, sitting: ExportSitting): ExportState {
  const pairs = choices.pairs ?? sitting.manyPairs;
  const { rules } = choices;
  const { pairs: _, ...chosen } = choices;
  const { manyPairs: __, ...sat } = sitting;
  return { ...chosen, ...sat, carried: { ...(pairs && { pairs }), ...(rules && { rules }) } };
}

export const initialExport: ExportState = joined(initialChoices, initialSitting);

export type SittingAction =
  | { type: 'recipe.noted' }
  | { type: 'half'; half: HalfPair | null }
  | { type: 'chat'; kind: ChatKind; choice: ChatChoice | null }
  | { type: 'folder'; folder: Grant }
  | { type: 'name'; name: string }
  | { type: 'run'; run: ExportRun }
  | { type: 'progress'; progress: ExportProgress };
export type ExportAction = ChoiceAction | SittingAction;

/** What an action changes in this window; `reduceChoices` has the rest. */
export function reduceSitting(sitting: ExportSitting, action: ExportAction): ExportSitting {
  switch (action.type) {
    case 'step':
    case 'step.by':
    case 'example':
    case 'shown':
      return sitting;
    case 'rows':
    case 'target':
    case 'option':
      return forgetRefusal(sitting);
    case 'recipe':
      return forgetRefusal({ ...sitting, manyPairs: manyOf(action.recipe.pairs), readFrom: action.name });
    case 'recipe.noted':
      return { ...sitting, readFrom: null };
    case 'carried':
      return forgetRefusal({ ...sitting, manyPairs: manyOf(action.carried.pairs) });
    case 'half':
      return { ...sitting, half: action.half };
    case 'chat':
      return forgetRefusal({ ...sitting, [action.kind]: action.choice });
    case 'folder':
      return forgetRefusal({ ...sitting, folder: action.folder });
    case 'name':
      return forgetRefusal({ ...sitting, name: action.name });
    case 'run':
      return { ...sitting, run: action.run };
    case 'progress': {
      // A report that comes after the end says nothing any more.
      if (sitting.run.phase !== 'running') return sitting;
      const { progress } = action;
      const { stage } = sitting.run;
      const same = stage?.name === progress.phase;
      return {
        ...sitting,
        run: { phase: 'running', progress, stage: same ? stage : { name: progress.phase, startedMs: progress.elapsedMs } },
      };
    }
  }
}

function manyOf(pairs: Recipe['pairs']): Recipe['pairs'] {
  return pairs && pairs.length > mostPairs ? pairs : undefined;
}

/** A failure speaks of the choices it was made with; after another choice it would point at nothing. */
function forgetRefusal(sitting: ExportSitting): ExportSitting {
  return sitting.run.phase === 'failed' ? { ...sitting, run: { phase: 'idle' } } : sitting;
}

/** The conditions of the view that an export may take. */
export type ViewConditions = Pick<ViewState, 'filter' | 'exportOnly'>;

/** What an export takes: those of the filter, unless stars or all rows are wanted, with the ranges that are for exports only in their place. */
export function exportFilter(state: Pick<ExportState, 'rows'>, { filter, exportOnly }: ViewConditions): string[] {
  const chosen: Readonly<Record<ExportRows, readonly string[]>> = { filter, starred: ['star'], all: [] };
  return exportOnly.reduce<string[]>(withDraft, [...chosen[state.rows]]);
}

/** The recipe that the choices make for a target: only options the target has, and only where they differ from its defaults. */
export function recipeFor(state: ExportState, conditions: ViewConditions, target: TargetInfo): Recipe {
  const { pairs, rules } = state.carried;
  const counts = needsTokenizer(target.options, (option) => optionValue(state, option));
  return {
    version: 1,
    filter: exportFilter(state, conditions),
    target: target.target,
    options: changedValues(state, target.options),
    ...(pairs && writesPairs(target) && { pairs }),
    ...(rules && { rules }),
    ...(counts && filesOf(state)),
  };
}

/** The files that were chosen, as calls take them. */
export function chatGrants({ template, tokenizer }: ExportState): { readonly template?: string; readonly tokenizer?: string } {
  return { ...(template && { template: template.grant }), ...(tokenizer && { tokenizer: tokenizer.grant }) };
}

/** The files that count, by what they are: those chosen, else those that the recipe read last names. */
function filesOf({ template, tokenizer, named }: ExportState): Pick<Recipe, 'template' | 'tokenizer'> {
  const key = (choice: ChatChoice | null) => choice && { name: choice.file.name, sha256: choice.file.sha256 };
  const [counter, shape] = [key(tokenizer) ?? named.tokenizer, key(template) ?? named.template];
  return { ...(counter && { tokenizer: counter }), ...(shape && { template: shape }) };
}

/** Whether pairs chosen by hand have a place in it. */
export function writesPairs({ options }: TargetInfo): boolean {
  return options.some(({ key }) => key === 'pairs');
}

/** The value in force: the user's where it fits this option of this target, else the default. */
export function optionValue(state: ExportState, option: TargetOption): OptionValue {
  const value = state.options[option.key];
  return value !== undefined && fits(option, value) ? value : option.default;
}

/** Whether the value in force is another one than the default. */
export function isChanged(state: ExportState, option: TargetOption): boolean {
  return JSON.stringify(optionValue(state, option)) !== JSON.stringify(option.default);
}

/** The values in force that are not the defaults, by the keys of their options. */
export function changedValues(state: ExportState, options: readonly TargetOption[]): Record<string, OptionValue> {
  const changed = options.filter((option) => isChanged(state, option));
  return Object.fromEntries(changed.map((option) => [option.key, optionValue(state, option)]));
}

function fits(option: TargetOption, value: OptionValue): boolean {
  switch (option.kind) {
    case 'choice':
      return option.choices?.some((choice) => choice.value === value) ?? false;
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
    case 'number':
      return typeof value === 'number' && optionError(option, value) === null;
    case 'column':
    case 'text':
      return typeof value === 'string';
    case 'fields':
      return typeof value === 'object';
  }
}

/** What the address says that no target takes: neither the steps nor a recipe can have set it. */
export interface Unfit {
  readonly target: string | null;
  readonly options: readonly string[];
}

export function unfitOf({ target, options }: Pick<ExportChoices, 'target' | 'options'>, targets: readonly TargetInfo[]): Unfit {
  const all = targets.flatMap((each) => each.options);
  return {
    target: target === null || targets.some((each) => each.target === target) ? null : target,
    options: Object.entries(options).flatMap(([key, value]) =>
      all.some((option) => option.key === key && fits(option, value)) ? [] : [key],
    ),
  };
}

/** Whether an option matters with the others as they are. */
export function isInForce(state: ExportState, { options }: TargetInfo, option: TargetOption): boolean {
  return isOptionInForce(options, option, (other) => optionValue(state, other));
}

/** Why a number is none that the option takes, as a sentence; null when it is fine. */
export function optionError(option: TargetOption, value: number): string | null {
  const { min, max } = option;
  if (!Number.isFinite(value)) return 'Type a number.';
  if (option.kind === 'integer' && !Number.isInteger(value)) return 'Type a whole number.';
  if (min !== undefined && value < min) return `At least ${min}.`;
  if (max !== undefined && value > max) return `At most ${max}.`;
  return null;
}

/** How fast a stage goes and how long it will take; null until there is something to tell it from. */
export function paceOf(progress: ExportProgress, stage: Stage): { perSecond: number; leftMs: number } | null {
  const elapsedMs = progress.elapsedMs - stage.startedMs;
  if (elapsedMs < 500 || progress.done === 0) return null;
  const perMs = progress.done / elapsedMs;
  return { perSecond: perMs * 1000, leftMs: Math.max(0, progress.total - progress.done) / perMs };
}

/** A folder name made from a file's name and a target: letters, digits, dot, dash and underscore. */
export function proposedName(dataset: string, target: string): string {
  const stem = dataset.replace(/\.jsonl?(\.gz|\.zst)?$/i, '');
  return `${stem}-${target}`.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|-+$/g, '') || 'export';
}

/** The next free-looking name: `runs` gives `runs-2`, that gives `runs-3`. */
export function nextName(name: string): string {
  const match = /^(.*)-(\d+)$/.exec(name);
  return match === null ? `${name}-2` : `${match[1]}-${Number(match[2]) + 1}`;
}
