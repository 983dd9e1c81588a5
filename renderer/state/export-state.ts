import type { AppError } from '#shared/errors.ts';
import type { ExportProgress, Manifest } from '#shared/model/export.ts';
import type { Grant } from '#shared/model/grant.ts';
import type { OptionValue, Recipe } from '#shared/model/recipe.ts';
import type { ChatFile } from '#shared/model/training.ts';
import { type GridColumn, isInForce as isOptionInForce, needsTokenizer, type TargetInfo, type TargetOption } from '#shared/model/target.ts';
import { withDraft } from './draft.ts';
import type { ViewState } from './view-state.ts';

export const exportSteps = ['rows', 'target', 'mapping', 'sampling', 'preview', 'run'] as const;
export type ExportStep = (typeof exportSteps)[number];

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

export type ExportRows = 'filter' | 'starred' | 'all';

/** Pairs chosen by hand, rules that leave rollouts out, and rules that are off. */
export type Carried = Pick<Recipe, 'pairs' | 'rules'>;

/** Every choice of the export lens. Kept above the lens, so that leaving it loses nothing. */
export interface ExportState {
  readonly step: ExportStep;
  /** The current filter, the starred rollouts, or every rollout of the file. */
  readonly rows: ExportRows;
  /** Null: the first target there is. */
  readonly target: string | null;
  /** The column of the grid it was chosen in: a target may stand in several with the same options. */
  readonly column: GridColumn | null;
  /** What the user chose, by option key. Kept when the target changes: what does not apply there is left out of the recipe. */
  readonly options: Readonly<Record<string, OptionValue>>;
  /** What a recipe says that no step has a control for. */
  readonly carried: Carried;
  /** The name of the recipe that was read last, until that has been taken note of. */
  readonly readFrom: string | null;
  readonly example: number;
  /** How the preview shows it. */
  readonly shown: 'trained' | 'written';
  /** Null: our own template, an estimate of tokens. */
  readonly template: ChatChoice | null;
  readonly tokenizer: ChatChoice | null;
  /** Those that a recipe names: the user has to choose the same ones. */
  readonly named: Pick<Recipe, 'template' | 'tokenizer'>;
  /** Null: where the shell says exports go. */
  readonly folder: Grant | null;
  /** Null: a name made from the file and the target. */
  readonly name: string | null;
  readonly run: ExportRun;
}

export const initialExport: ExportState = {
  step: 'rows',
  rows: 'filter',
  target: null,
  column: null,
  options: {},
  carried: {},
  readFrom: null,
  example: 0,
  shown: 'trained',
  template: null,
  tokenizer: null,
  named: {},
  folder: null,
  name: null,
  run: { phase: 'idle' },
};

export type ExportAction =
  | { type: 'step'; step: ExportStep }
  | { type: 'step.by'; by: 1 | -1 }
  | { type: 'rows'; rows: ExportState['rows'] }
  /** `options`: those that make it what was chosen, where it can be several things. */
  | { type: 'target'; target: string; column?: GridColumn; options?: Readonly<Record<string, OptionValue>> }
  /** Undefined: back to the target's default. */
  | { type: 'option'; key: string; value: OptionValue | undefined }
  /** Every choice is that of a recipe with every option named; its filter is the view's to take. */
  | { type: 'recipe'; name: string; recipe: Recipe }
  | { type: 'recipe.noted' }
  | { type: 'carried'; carried: Carried }
  | { type: 'example'; example: number }
  | { type: 'shown'; shown: ExportState['shown'] }
  | { type: 'chat'; kind: ChatKind; choice: ChatChoice | null }
  | { type: 'folder'; folder: Grant }
  | { type: 'name'; name: string }
  | { type: 'run'; run: ExportRun }
  | { type: 'progress'; progress: ExportProgress };

export function reduceExport(state: ExportState, action: ExportAction): ExportState {
  switch (action.type) {
    case 'step':
      return { ...state, step: action.step };
    case 'step.by':
      return { ...state, step: exportSteps[exportSteps.indexOf(state.step) + action.by] ?? state.step };
    case 'rows':
      return forgetRefusal({ ...state, rows: action.rows, example: 0 });
    case 'target':
      return forgetRefusal({
        ...state,
        target: action.target,
        column: action.column ?? null,
        options: { ...state.options, ...action.options },
        example: 0,
      });
    case 'option': {
      const { [action.key]: _, ...others } = state.options;
      return forgetRefusal({ ...state, options: action.value === undefined ? others : { ...others, [action.key]: action.value } });
    }
    case 'recipe': {
      const { target, options, pairs, rules, tokenizer, template } = action.recipe;
      const carried = { ...(pairs && { pairs }), ...(rules && { rules }) };
      const named = { ...(tokenizer && { tokenizer }), ...(template && { template }) };
      return forgetRefusal({
        ...state,
        rows: 'filter',
        target,
        column: null,
        options: { ...options },
        carried,
        named,
        readFrom: action.name,
        example: 0,
      });
    }
    case 'recipe.noted':
      return { ...state, readFrom: null };
    case 'carried':
      return forgetRefusal({ ...state, carried: action.carried, example: 0 });
    case 'example':
      return { ...state, example: Math.max(0, action.example) };
    case 'shown':
      return { ...state, shown: action.shown };
    case 'chat':
      return forgetRefusal({ ...state, [action.kind]: action.choice });
    case 'folder':
      return forgetRefusal({ ...state, folder: action.folder });
    case 'name':
      return forgetRefusal({ ...state, name: action.name });
    case 'run':
      return { ...state, run: action.run };
    case 'progress': {
      // A report that comes after the end says nothing any more.
      if (state.run.phase !== 'running') return state;
      const { progress } = action;
      const { stage } = state.run;
      const same = stage?.name === progress.phase;
      return {
        ...state,
        run: { phase: 'running', progress, stage: same ? stage : { name: progress.phase, startedMs: progress.elapsedMs } },
      };
    }
  }
}

/** A failure speaks of the choices it was made with; after another choice it would point at nothing. */
function forgetRefusal(state: ExportState): ExportState {
  return state.run.phase === 'failed' ? { ...state, run: { phase: 'idle' } } : state;
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
  const options: Record<string, OptionValue> = {};
  for (const option of target.options) {
    const value = optionValue(state, option);
    if (JSON.stringify(value) !== JSON.stringify(option.default)) options[option.key] = value;
  }
  const { pairs, rules } = state.carried;
  const counts = needsTokenizer(target.options, (option) => optionValue(state, option));
  return {
    version: 1,
    filter: exportFilter(state, conditions),
    target: target.target,
    options,
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

/** What is wrong with an option as a plan says it, without the option's name; null where it is about something else. */
export function optionFault(error: AppError | null, { key }: TargetOption): string | null {
  if (error?.code !== 'bad-input' || !error.message.startsWith(`${key}: `)) return null;
  const fault = error.message.slice(key.length + 2);
  return `${fault.charAt(0).toUpperCase()}${fault.slice(1)}`;
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
