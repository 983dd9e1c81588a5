import { modKey } from './mod-key.ts';

/** Where a key means what it does. A scope inside the page marks its pane by `data-keys`. */
export const keyScopes = ['everywhere', 'list', 'heads', 'hits', 'groups', 'threshold', 'reader', 'problems', 'export'] as const;
export type KeyScope = (typeof keyScopes)[number];

export const scopeTitles: Readonly<Record<KeyScope, string>> = {
  everywhere: 'Everywhere',
  list: 'List',
  hits: 'Search hits',
  groups: 'Groups',
  heads: 'Heads of the columns',
  threshold: 'Threshold',
  reader: 'Reader',
  problems: 'Problems',
  export: 'Export',
};

export interface KeyEntry {
  readonly scope: KeyScope;
  /** What it does, as a command. */
  readonly title: string;
  /**
   * As `KeyboardEvent.key` says it, behind `Mod+` and `Shift+`. The first one is shown; a letter without `Shift+` is the small
   * letter.
   */
  readonly keys: readonly [string, ...string[]];
  /** Moves about: on the list of keys, but no command of its own. */
  readonly moves?: true;
}

/**
 * Every key of the app. The list of keys, the command palette, tooltips and the handlers of panes are all made from it: a
 * key is written nowhere else.
 */
export const keyTable = {
  palette: { scope: 'everywhere', title: 'Search and commands', keys: ['Mod+k'] },
  help: { scope: 'everywhere', title: 'Show all keys', keys: ['?'] },
  find: { scope: 'everywhere', title: 'Search in all text', keys: ['/'] },
  'lens.rollouts': { scope: 'everywhere', title: 'Go to rollouts', keys: ['1'] },
  'lens.groups': { scope: 'everywhere', title: 'Go to groups', keys: ['2'] },
  'lens.problems': { scope: 'everywhere', title: 'Go to problems', keys: ['4'] },
  'lens.export': { scope: 'everywhere', title: 'Go to export', keys: ['e'] },
  threshold: { scope: 'everywhere', title: 'Set a threshold', keys: ['t'] },
  filter: { scope: 'everywhere', title: 'Type a condition', keys: ['f'] },
  'rail.narrower': { scope: 'everywhere', title: 'Make the rail narrower', keys: ['['] },
  'rail.wider': { scope: 'everywhere', title: 'Make the rail wider', keys: [']'] },
  undo: { scope: 'everywhere', title: 'Undo the last change of the filter', keys: ['Mod+z'] },
  redo: { scope: 'everywhere', title: 'Redo the change of the filter', keys: ['Mod+Shift+z', 'Mod+y'] },
  'sort.reward': { scope: 'everywhere', title: 'Sort by the metric, highest first', keys: ['Shift+r'] },
  'filter.signal': { scope: 'everywhere', title: 'Keep groups whose rewards differ', keys: ['Shift+g'] },
  'review.star': { scope: 'everywhere', title: 'Star the selected rollout, or no longer', keys: ['s'] },
  'review.tags': { scope: 'everywhere', title: 'Tag the selected rollout', keys: ['#'] },
  'review.note': { scope: 'everywhere', title: 'Write a note on the selected rollout', keys: ['w'] },
  'review.next': { scope: 'everywhere', title: 'Go to the next undecided rollout', keys: ['u'] },
  'review.nextOfBand': {
    scope: 'everywhere',
    title: 'Go to an undecided rollout of the reward band with fewest decided',
    keys: ['Shift+u'],
  },
  open: { scope: 'everywhere', title: 'Open files', keys: ['Mod+o'] },
  'open.folder': { scope: 'everywhere', title: 'Open a folder', keys: ['Mod+Shift+o'] },
  back: { scope: 'everywhere', title: 'One step back', keys: ['Escape'], moves: true },

  'list.down': { scope: 'list', title: 'Down', keys: ['j', 'ArrowDown'], moves: true },
  'list.up': { scope: 'list', title: 'Up', keys: ['k', 'ArrowUp'], moves: true },
  'list.first': { scope: 'list', title: 'First row', keys: ['Home'], moves: true },
  'list.last': { scope: 'list', title: 'Last row', keys: ['End'], moves: true },
  'list.pageDown': { scope: 'list', title: 'A page down', keys: ['PageDown'], moves: true },
  'list.pageUp': { scope: 'list', title: 'A page up', keys: ['PageUp'], moves: true },
  'list.read': { scope: 'list', title: 'Read the selected rollout', keys: ['Enter'] },
  'list.left': { scope: 'list', title: 'A cell to the left', keys: ['ArrowLeft'], moves: true },
  'list.right': { scope: 'list', title: 'A cell to the right', keys: ['ArrowRight'], moves: true },
  'list.markDown': { scope: 'list', title: 'Select down', keys: ['Shift+ArrowDown', 'Shift+j'], moves: true },
  'list.markUp': { scope: 'list', title: 'Select up', keys: ['Shift+ArrowUp', 'Shift+k'], moves: true },
  'list.mark': { scope: 'list', title: 'Select the row, or not', keys: ['x'] },
  'list.markTo': { scope: 'list', title: 'Select all rows up to here', keys: ['Shift+x'] },
  'list.copy': { scope: 'list', title: 'Copy the cell, or the selected rows', keys: ['Mod+c'] },
  'list.readFull': { scope: 'list', title: 'Read it at full width', keys: ['Shift+Enter'] },

  'hits.down': { scope: 'hits', title: 'Next hit', keys: ['j', 'ArrowDown'], moves: true },
  'hits.up': { scope: 'hits', title: 'Previous hit', keys: ['k', 'ArrowUp'], moves: true },
  'hits.first': { scope: 'hits', title: 'First hit', keys: ['Home'], moves: true },
  'hits.last': { scope: 'hits', title: 'Last hit', keys: ['End'], moves: true },
  'hits.pageDown': { scope: 'hits', title: 'A page down', keys: ['PageDown'], moves: true },
  'hits.pageUp': { scope: 'hits', title: 'A page up', keys: ['PageUp'], moves: true },
  'hits.read': { scope: 'hits', title: 'Read the hit', keys: ['Enter'] },

  'groups.open': { scope: 'groups', title: 'Open the task', keys: ['ArrowRight'] },
  'groups.close': { scope: 'groups', title: 'Close the task', keys: ['ArrowLeft'] },
  'groups.read': { scope: 'groups', title: 'Read the best rollout of the task, or the selected one', keys: ['Enter'] },
  'groups.readFull': { scope: 'groups', title: 'Read it at full width', keys: ['Shift+Enter'] },

  'heads.enter': { scope: 'heads', title: 'From the first row to the heads', keys: ['ArrowUp'], moves: true },
  'heads.leave': { scope: 'heads', title: 'Back to the rows', keys: ['ArrowDown', 'j', 'Escape'], moves: true },
  'heads.sort': { scope: 'heads', title: 'Sort by it', keys: ['Enter'], moves: true },
  'heads.sortThen': { scope: 'heads', title: 'Sort by it where the others are equal', keys: ['Shift+Enter'], moves: true },
  'heads.menu': { scope: 'heads', title: 'Its menu', keys: [' ', 'ContextMenu', 'Shift+F10'], moves: true },
  'heads.left': { scope: 'heads', title: 'Move it to the left', keys: ['Shift+ArrowLeft'], moves: true },
  'heads.right': { scope: 'heads', title: 'Move it to the right', keys: ['Shift+ArrowRight'], moves: true },
  'heads.wider': { scope: 'heads', title: 'Wider', keys: ['+', '='], moves: true },
  'heads.narrower': { scope: 'heads', title: 'Narrower', keys: ['-'], moves: true },
  'heads.hide': { scope: 'heads', title: 'Hide it', keys: ['Delete'], moves: true },

  'threshold.less': { scope: 'threshold', title: 'A bin down', keys: ['ArrowLeft'], moves: true },
  'threshold.more': { scope: 'threshold', title: 'A bin up', keys: ['ArrowRight'], moves: true },
  'threshold.muchLess': { scope: 'threshold', title: 'Ten bins down', keys: ['Shift+ArrowLeft'], moves: true },
  'threshold.muchMore': { scope: 'threshold', title: 'Ten bins up', keys: ['Shift+ArrowRight'], moves: true },
  'threshold.use': { scope: 'threshold', title: 'Use the draft as a filter', keys: ['Enter'], moves: true },
  'threshold.drop': { scope: 'threshold', title: 'Drop the draft', keys: ['Escape'], moves: true },

  'reader.next': { scope: 'reader', title: 'Next rollout', keys: ['n'] },
  'reader.previous': { scope: 'reader', title: 'Previous rollout', keys: ['p'] },
  'reader.siblingNext': { scope: 'reader', title: 'Next rollout of the task', keys: ['ArrowRight'] },
  'reader.siblingPrevious': { scope: 'reader', title: 'Previous rollout of the task', keys: ['ArrowLeft'] },
  'reader.messageNext': { scope: 'reader', title: 'Next message', keys: ['j'], moves: true },
  'reader.messagePrevious': { scope: 'reader', title: 'Previous message', keys: ['k'], moves: true },
  'reader.messageFirst': { scope: 'reader', title: 'First message', keys: ['Home'], moves: true },
  'reader.messageLast': { scope: 'reader', title: 'Last message', keys: ['End'], moves: true },
  'reader.fold': { scope: 'reader', title: 'Fold or open the message', keys: ['Enter'], moves: true },
  'reader.foldAll': { scope: 'reader', title: 'Fold or open everything', keys: ['o'] },
  'reader.hide': { scope: 'reader', title: 'Hide messages of this kind', keys: ['h'] },
  'reader.find': { scope: 'reader', title: 'Find in this conversation', keys: ['/', 'Mod+f'] },
  'reader.raw': { scope: 'reader', title: 'Show the raw JSON', keys: ['r'] },
  'reader.copyLink': { scope: 'reader', title: 'Copy a link to this message', keys: ['y'] },
  'reader.full': { scope: 'reader', title: 'Full width, or beside the list', keys: ['Shift+Enter'] },

  'problems.in': { scope: 'problems', title: 'Keep only rollouts with the chosen problem, or no longer', keys: ['i'] },
  'problems.out': { scope: 'problems', title: 'Leave rollouts with the chosen problem out, or no longer', keys: ['o'] },

  'export.next': { scope: 'export', title: 'Next step', keys: ['Mod+Enter'], moves: true },
  'export.exampleNext': { scope: 'export', title: 'Next example', keys: ['j'], moves: true },
  'export.examplePrevious': { scope: 'export', title: 'Previous example', keys: ['k'], moves: true },
} as const satisfies Record<string, KeyEntry>;
export type KeyId = keyof typeof keyTable;

/** Keys that the frame itself answers, whatever is on screen. */
export type EverywhereId = { [Id in KeyId]: (typeof keyTable)[Id]['scope'] extends 'everywhere' ? Id : never }[KeyId];

export const keyIds = Object.keys(keyTable) as readonly KeyId[];

export function keyEntry(id: KeyId): KeyEntry {
  return keyTable[id];
}

/** The part of a key press that says which key it was. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** What a key press means in a scope; null where it means nothing there. */
export function keyIn(scope: KeyScope, press: KeyPress): KeyId | null {
  if (press.altKey) return null;
  return keyIds.find((id) => keyEntry(id).scope === scope && keyEntry(id).keys.some((key) => isPress(key, press))) ?? null;
}

/** Whether a key press is that of an entry. */
export function isKey(id: KeyId, press: KeyPress): boolean {
  return !press.altKey && keyEntry(id).keys.some((key) => isPress(key, press));
}

/** A key press that would mean the entry, for what runs it from elsewhere. */
export function pressOf(id: KeyId): Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey'> {
  const { key, mod, shift } = partsOf(keyEntry(id).keys[0]);
  return { key, ctrlKey: mod, shiftKey: shift };
}

/** The first key of an entry as key caps: `⌘`, `⇧`, `Z`. */
export function keyCaps(id: KeyId): readonly string[] {
  const { key, mod, shift } = partsOf(keyEntry(id).keys[0]);
  return [...(mod ? [modKey.trim()] : []), ...(shift ? ['⇧'] : []), capOf(key)];
}

/** A text with its key, as tooltips say it. */
export function withKey(text: string, id: KeyId): string {
  return `${text}  ${keyCaps(id).join(' ')}`;
}

const caps: Readonly<Record<string, string>> = {
  Enter: '↵',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ' ': 'Space',
  Delete: 'Del',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

function capOf(key: string): string {
  return caps[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

function partsOf(binding: string): { key: string; mod: boolean; shift: boolean } {
  const mod = binding.startsWith('Mod+');
  const rest = mod ? binding.slice(4) : binding;
  const shift = rest.startsWith('Shift+');
  return { key: shift ? rest.slice(6) : rest, mod, shift };
}

/** A sign such as `?` needs Shift on some keyboards and not on others: there it does not count. */
function isPress(binding: string, { key, ctrlKey, metaKey, shiftKey }: KeyPress): boolean {
  const wanted = partsOf(binding);
  const isSign = wanted.key.length === 1 && !/[a-z]/.test(wanted.key);
  if (wanted.mod !== (ctrlKey || metaKey) || (!isSign && wanted.shift !== shiftKey)) return false;
  return wanted.key.length === 1 ? key.toLowerCase() === wanted.key : key === wanted.key;
}
