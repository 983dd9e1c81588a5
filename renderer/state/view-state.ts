import { z } from 'zod';
import { limits } from '#shared/limits.ts';
import { filter, sortKey } from '#shared/model/query.ts';
import { searchPattern } from '#shared/model/search.ts';
import { withDraft } from './draft.ts';
import { exportChoices, reduceChoices, type ChoiceAction } from './export-choices.ts';
import { nextSort } from './next-sort.ts';
import { splitOf } from './split.ts';
import { chart, groupsView, type GroupsView } from './view-parts.ts';

export const lens = z.enum(['rollouts', 'groups', 'problems', 'export']);
export type Lens = z.infer<typeof lens>;
export const railWidth = z.enum(['spine', 'narrow', 'wide']);
export type RailWidth = z.infer<typeof railWidth>;
export const readerTab = z.enum(['conversation', 'metrics', 'problems', 'raw']);
export type ReaderTab = z.infer<typeof readerTab>;

/** What the user is looking at: everything that Back, Forward and a shared link bring back. */
export const viewState = z.object({
  lens: lens.default('rollouts'),
  /** Conditions in force, in the order they were added. */
  filter: filter.default([]),
  /** A condition being tried: it fades rows instead of taking them out. */
  draft: z.string().nullable().default(null),
  /** Another draft, held to compare with. */
  rival: z.string().nullable().default(null),
  /** Conditions that exports add to the filter; they change nothing here. */
  exportOnly: filter.default([]),
  ...chart,
  metric: z.string().default('reward'),
  /** Columns that the user added: nested paths, and expressions as they are printed, which are their names. */
  added: z.array(z.string().max(limits.conditionChars)).max(limits.addedColumns).default([]),
  /** Those the table shows, in their order; null: as it is usually laid out. */
  columns: z.array(z.string().max(limits.conditionChars)).max(1000).nullable().default(null),
  /** Null: the default mark of the metric. */
  passMark: z.number().nullable().default(null),
  /** Empty: the order of the file. */
  sort: z.array(sortKey).max(8).default([]),
  /** What is looked for in all text: its hits take the place of the list. */
  search: searchPattern.nullable().default(null),
  groups: groupsView.prefault({}),
  export: exportChoices.prefault({}),
  /** The rule whose lines the problems show; null: the worst. */
  problem: z.string().max(200).nullable().default(null),
  /** Null: what fits the window. */
  rail: railWidth.nullable().default(null),
  /** Row number in the dataset, over all non-blank lines from 0. */
  selected: z.int().min(0).nullable().default(null),
  /** The rollout in the reader; `full`: over the whole width. */
  reader: z
    .object({ row: z.int().min(0), full: z.boolean() })
    .nullable()
    .default(null),
  /** What the reader shows of it. */
  readerTab: readerTab.default('conversation'),
  /** Index of the message the reader points at. */
  message: z.int().min(0).nullable().default(null),
});
export type ViewState = z.infer<typeof viewState>;
/** All of it but the cursor: a key that is held moves that sixty times a second, and hardly anything shows it. */
export type CalmView = Omit<ViewState, 'selected'>;
/** And but what is being tried, which a drag moves as often. */
export type SteadyView = Omit<CalmView, 'draft'>;
export const initialView: ViewState = viewState.parse({});
export type ChartChange = Partial<Pick<ViewState, keyof typeof chart>>;

/** The view and what undo and redo of the filter would bring back. */
export interface ViewModel {
  readonly view: ViewState;
  readonly past: readonly (readonly string[])[];
  readonly future: readonly (readonly string[])[];
}

export type ViewAction =
  | { type: 'lens'; lens: Lens }
  | { type: 'filter.add'; condition: string }
  | { type: 'filter.remove'; index: number }
  | { type: 'filter.replace'; index: number; condition: string }
  | { type: 'filter.set'; filter: readonly string[] }
  | { type: 'filter.undo' }
  | { type: 'filter.redo' }
  | { type: 'draft.set'; condition: string | null }
  | { type: 'draft.use' }
  /** Makes the draft a condition of exports alone. */
  | { type: 'draft.export' }
  /** Keeps a draft at hand to compare the next ones with. */
  | { type: 'rival'; condition: string | null }
  | { type: 'exportOnly'; conditions: readonly string[] }
  | { type: 'chart'; chart: ChartChange }
  | { type: 'metric'; metric: string }
  | { type: 'passMark'; passMark: number | null }
  /** A nested path or an expression as one more column; and without it, wherever the view names it. */
  | { type: 'column.add'; column: string }
  | { type: 'column.remove'; column: string }
  /** Click: ascending, descending, file order. `add` keeps the other keys (shift). */
  | { type: 'sort'; column: string; add: boolean }
  | { type: 'sort.set'; sort: ViewState['sort'] }
  /** Hits in place of the list; null: the list again. */
  | { type: 'search'; search: ViewState['search'] }
  | { type: 'groups'; groups: Partial<GroupsView> }
  /** A choice of the export wizard. */
  | { type: 'export'; action: ChoiceAction }
  | { type: 'rail'; rail: RailWidth }
  | { type: 'select'; row: number | null }
  /** Opens a row in the reader and selects it. */
  | { type: 'read'; row: number; full?: boolean }
  | { type: 'read.full'; full: boolean }
  | { type: 'read.close' }
  | { type: 'message'; message: number | null }
  | { type: 'reader.tab'; tab: ReaderTab }
  | { type: 'problem'; rule: string }
  /** Esc: one step back: draft, reader, lens, hits, selection. */
  | { type: 'back' }
  | { type: 'columns'; columns: ViewState['columns'] }
  /** Shows a view that was put aside; the rollout at hand stays, and its filter can be undone. */
  | { type: 'recall'; view: ViewState }
  | { type: 'restore'; view: ViewState };

const undoSteps = 100;

export function initialModel(view: ViewState = initialView): ViewModel {
  return { view, past: [], future: [] };
}

/** The one place where the view changes. */
export function reduceView(model: ViewModel, action: ViewAction): ViewModel {
  const { view } = model;
  switch (action.type) {
    case 'lens':
      return patch(model, { lens: action.lens });
    case 'filter.add':
      return view.filter.includes(action.condition) ? model : withFilter(model, [...view.filter, action.condition]);
    case 'filter.remove':
      return withFilter(
        model,
        view.filter.filter((_, index) => index !== action.index),
      );
    case 'filter.replace':
      return withFilter(
        model,
        // What another condition says already is not said twice.
        view.filter.flatMap((condition, index) => {
          if (index !== action.index) return [condition];
          return view.filter.some((other, at) => at !== index && other === action.condition) ? [] : [action.condition];
        }),
      );
    case 'filter.set':
      return withFilter(model, [...action.filter]);
    case 'filter.undo':
      return step(model, model.past, model.future, (past, future) => ({ past, future }));
    case 'filter.redo':
      return step(model, model.future, model.past, (future, past) => ({ past, future }));
    case 'draft.set':
      return patch(model, { draft: action.condition });
    case 'draft.use': {
      const { draft } = view;
      if (draft === null) return model;
      return patch(withFilter(model, withDraft(view.filter, draft)), { ...settled, ...markOf(draft) });
    }
    case 'draft.export':
      if (view.draft === null) return model;
      return patch(model, { exportOnly: withDraft(view.exportOnly, view.draft), ...settled, ...markOf(view.draft) });
    case 'rival':
      return patch(model, { rival: action.condition });
    case 'exportOnly':
      return patch(model, { exportOnly: [...action.conditions] });
    case 'chart':
      return patch(model, action.chart);
    case 'metric':
      return patch(model, { metric: action.metric, passMark: null, draft: null, rival: null, bins: 'auto', zoom: null });
    case 'passMark':
      return patch(model, { passMark: action.passMark });
    case 'column.add':
      if (view.added.includes(action.column) || view.added.length >= limits.addedColumns) return model;
      return patch(model, { added: [...view.added, action.column] });
    case 'column.remove':
      return patch(model, withoutColumn(view, action.column));
    case 'sort':
      return patch(model, { sort: nextSort(view.sort, action.column, action.add) });
    case 'sort.set':
      return patch(model, { sort: [...action.sort] });
    case 'search':
      return patch(model, { search: action.search, ...(action.search !== null && { lens: 'rollouts' }) });
    case 'groups':
      return patch(model, { groups: { ...view.groups, ...action.groups } });
    case 'export':
      return patch(model, { export: reduceChoices(view.export, action.action) });
    case 'rail':
      return patch(model, { rail: action.rail });
    case 'select':
      return patch(model, { selected: action.row });
    case 'read':
      return patch(model, {
        selected: action.row,
        reader: { row: action.row, full: action.full ?? view.reader?.full ?? false },
        message: view.reader?.row === action.row ? view.message : null,
      });
    case 'read.full':
      return view.reader === null ? model : patch(model, { reader: { ...view.reader, full: action.full } });
    case 'read.close':
      return patch(model, unread);
    case 'reader.tab':
      return patch(model, { readerTab: action.tab });
    case 'problem':
      return patch(model, { problem: action.rule });
    case 'message':
      return patch(model, { message: action.message });
    case 'back':
      return patch(model, oneStepBack(view));
    case 'columns':
      return patch(model, { columns: action.columns });
    case 'recall':
      return patch(withFilter(model, [...action.view.filter]), { ...action.view, ...atHand(view) });
    case 'restore':
      return { ...model, view: action.view };
  }
}

/** What a view with a name leaves as it is: the rollout, the problem and the export at hand, and the room there is. */
export function atHand({ selected, reader, readerTab: tab, message, problem, export: choices, rail }: ViewState): Partial<ViewState> {
  return { selected, reader, readerTab: tab, message, problem, export: choices, rail };
}

/** No rollout in the reader. */
const unread = { reader: null, readerTab: 'conversation', message: null } as const;

/** No draft, and none held beside it. */
const settled = { draft: null, rival: null } as const;

/** A draft that splits chosen from rejected says where labels divide, too. */
function markOf(draft: string): Partial<ViewState> {
  const split = splitOf(draft);
  return split === null ? {} : { passMark: split.at };
}

function patch(model: ViewModel, change: Partial<ViewState>): ViewModel {
  return { ...model, view: { ...model.view, ...change } };
}

function withFilter(model: ViewModel, next: string[]): ViewModel {
  return { view: { ...model.view, filter: next }, past: [...model.past, model.view.filter].slice(-undoSteps), future: [] };
}

type Steps = readonly (readonly string[])[];

/** Takes the last filter of `from`, and puts the present one on `to`. */
function step(model: ViewModel, from: Steps, to: Steps, place: (from: Steps, to: Steps) => { past: Steps; future: Steps }): ViewModel {
  const last = from.at(-1);
  if (last === undefined) return model;
  return { view: { ...model.view, filter: [...last] }, ...place(from.slice(0, -1), [...to, model.view.filter]) };
}

function oneStepBack(view: ViewState): Partial<ViewState> {
  if (view.draft !== null) return settled;
  if (view.reader !== null) return unread;
  if (view.lens === 'groups' && view.groups.open !== null) return { groups: { ...view.groups, open: null } };
  if (view.lens !== 'rollouts') return { lens: 'rollouts' };
  if (view.search !== null) return { search: null };
  return { selected: null };
}

/** Conditions on it stay: they stand for themselves. */
function withoutColumn(view: ViewState, column: string): Partial<ViewState> {
  return {
    added: view.added.filter((name) => name !== column),
    sort: view.sort.filter((key) => key.column !== column),
    ...(view.metric === column && { metric: initialView.metric, passMark: null, draft: null, rival: null, bins: 'auto' }),
    ...(view.stack === column && { stack: null }),
    ...(view.against === column && { against: null }),
  };
}
