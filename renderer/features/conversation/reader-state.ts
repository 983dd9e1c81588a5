import type { Block, BlockKind } from './blocks.ts';

/** Kinds that can be hidden, in the order of their buttons. */
export const hideableKinds = ['system', 'reasoning', 'tool'] as const satisfies readonly BlockKind[];
export type HideableKind = (typeof hideableKinds)[number];

/** How the reader shows conversations: folds and hidden kinds outlive the rollout, exceptions and search do not. */
export interface ReaderState {
  /** Kinds that start open; all start folded. */
  readonly openKinds: readonly BlockKind[];
  /** Places opened or folded one by one. */
  readonly folds: Readonly<Record<string, boolean>>;
  readonly hidden: readonly HideableKind[];
  /** Block the keyboard stands on. */
  readonly cursor: string | null;
  readonly search: string;
  /** Index of the hit the reader stands on. */
  readonly hit: number;
}

export const initialReader: ReaderState = {
  openKinds: [],
  folds: {},
  hidden: [],
  cursor: null,
  search: '',
  hit: 0,
};

export type ReaderAction =
  /** Another rollout: what concerned the last one's places is forgotten. */
  | { type: 'rollout' }
  | { type: 'cursor'; block: string | null }
  /** `place` is a block id, or a place within a block. */
  | { type: 'fold'; place: string; open: boolean }
  /** Folds everything, or opens everything when all is folded. */
  | { type: 'fold.all' }
  | { type: 'hide'; kind: HideableKind }
  | { type: 'search'; text: string }
  | { type: 'hit'; hit: number };

const foldedKinds: readonly BlockKind[] = ['system', 'user', 'reasoning', 'assistant', 'tool', 'unknown'];

export function reduceReader(state: ReaderState, action: ReaderAction): ReaderState {
  switch (action.type) {
    case 'rollout':
      return { ...state, folds: {}, cursor: null, hit: 0 };
    case 'cursor':
      return { ...state, cursor: action.block };
    case 'fold':
      return { ...state, folds: { ...state.folds, [action.place]: action.open } };
    case 'fold.all': {
      const anyOpen = state.openKinds.length > 0 || Object.values(state.folds).includes(true);
      return { ...state, folds: {}, openKinds: anyOpen ? [] : foldedKinds };
    }
    case 'hide': {
      const { kind } = action;
      const hidden = state.hidden.includes(kind) ? state.hidden.filter((other) => other !== kind) : [...state.hidden, kind];
      return { ...state, hidden };
    }
    case 'search':
      return { ...state, search: action.text, hit: 0 };
    case 'hit':
      return { ...state, hit: action.hit };
  }
}

/** Whether a foldable place shows all it has: as chosen for itself, else as its kind. */
export function isOpen(state: ReaderState, kind: BlockKind, place: string): boolean {
  return state.folds[place] ?? state.openKinds.includes(kind);
}

export function visibleBlocks(blocks: readonly Block[], hidden: readonly HideableKind[]): readonly Block[] {
  if (hidden.length === 0) return blocks;
  return blocks.filter((block) => !hidden.some((kind) => kind === block.kind));
}

/** The block `step` places from the one at the cursor; the first or last when there is no cursor. */
export function stepCursor(blocks: readonly Block[], cursor: string | null, step: number): string | null {
  const at = blocks.findIndex((block) => block.id === cursor);
  const next = at < 0 ? (step > 0 ? 0 : blocks.length - 1) : Math.min(Math.max(at + step, 0), blocks.length - 1);
  return blocks[next]?.id ?? null;
}
