/** Where a key means what it does. A scope inside the page marks its pane by `data-keys`. */
export const keyScopes = [
  'everywhere',
  'list',
  'heads',
  'hits',
  'groups',
  'threshold',
  'passMark',
  'line',
  'chips',
  'reader',
  'find',
  'problems',
  'export',
  'targets',
  'palette',
  'columns',
  'recents',
  'tabs',
  'field',
  'tags',
] as const;
export type KeyScope = (typeof keyScopes)[number];

export const scopeTitles: Readonly<Record<KeyScope, string>> = {
  everywhere: 'Everywhere',
  list: 'List',
  hits: 'Search hits',
  groups: 'Groups',
  heads: 'Heads of the columns',
  threshold: 'Threshold',
  passMark: 'Pass mark',
  line: 'Line of conditions',
  chips: 'Conditions',
  reader: 'Reader',
  find: 'Find in a conversation',
  problems: 'Problems',
  export: 'Export',
  targets: 'Targets of an export',
  palette: 'Search and commands',
  columns: 'Choice of columns',
  recents: 'Files opened before',
  tabs: 'Tabs and steps',
  field: 'Fields',
  tags: 'Field of tags',
};

export interface KeyEntry {
  readonly scope: KeyScope;
  /** What it does, as a command. */
  readonly title: string;
  /**
   * As `KeyboardEvent.key` says it, behind `Alt+`, `Mod+` and `Shift+`. Tooltips show the first one; a letter without `Shift+` is
   * the small letter.
   */
  readonly keys: readonly [string, ...string[]];
  /** Moves about: on the list of keys, but no command of its own. */
  readonly moves?: true;
}

/**
 * Every key of the app. The list of keys, the command palette, tooltips and the handlers of panes are all made from it: a
 * key is written nowhere else (`scripts/keys.test.ts`).
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

  'threshold.less': { scope: 'threshold', title: 'A bin down', keys: ['ArrowLeft', 'ArrowDown'], moves: true },
  'threshold.more': { scope: 'threshold', title: 'A bin up', keys: ['ArrowRight', 'ArrowUp'], moves: true },
  'threshold.muchLess': {
    scope: 'threshold',
    title: 'Ten bins down',
    keys: ['Shift+ArrowLeft', 'Shift+ArrowDown', 'PageDown'],
    moves: true,
  },
  'threshold.muchMore': { scope: 'threshold', title: 'Ten bins up', keys: ['Shift+ArrowRight', 'Shift+ArrowUp', 'PageUp'], moves: true },
  'threshold.first': { scope: 'threshold', title: 'To the lower end', keys: ['Home'], moves: true },
  'threshold.last': { scope: 'threshold', title: 'To the upper end', keys: ['End'], moves: true },
  'threshold.use': { scope: 'threshold', title: 'Use the draft as a filter', keys: ['Enter'], moves: true },
  'threshold.drop': { scope: 'threshold', title: 'Drop the draft', keys: ['Escape'], moves: true },

  'passMark.less': { scope: 'passMark', title: 'A little down', keys: ['ArrowLeft', 'ArrowDown'], moves: true },
  'passMark.more': { scope: 'passMark', title: 'A little up', keys: ['ArrowRight', 'ArrowUp'], moves: true },
  'passMark.muchLess': { scope: 'passMark', title: 'Far down', keys: ['Shift+ArrowLeft', 'Shift+ArrowDown', 'PageDown'], moves: true },
  'passMark.muchMore': { scope: 'passMark', title: 'Far up', keys: ['Shift+ArrowRight', 'Shift+ArrowUp', 'PageUp'], moves: true },
  'passMark.first': { scope: 'passMark', title: 'To the lower end', keys: ['Home'], moves: true },
  'passMark.last': { scope: 'passMark', title: 'To the upper end', keys: ['End'], moves: true },

  'line.next': { scope: 'line', title: 'What fits here, and the next of it', keys: ['ArrowDown'], moves: true },
  'line.previous': { scope: 'line', title: 'The one before', keys: ['ArrowUp'], moves: true },
  'line.take': { scope: 'line', title: 'Take what is proposed', keys: ['Tab'], moves: true },
  'line.add': { scope: 'line', title: 'Take what was chosen, or add what is typed', keys: ['Enter'], moves: true },
  'line.leave': { scope: 'line', title: 'Close what is proposed, then leave the line', keys: ['Escape'], moves: true },
  'line.toChips': { scope: 'line', title: 'From the empty line to the last condition', keys: ['ArrowLeft', 'Backspace'], moves: true },

  'chips.previous': { scope: 'chips', title: 'The one before', keys: ['ArrowLeft'], moves: true },
  'chips.next': { scope: 'chips', title: 'The next one, then the line', keys: ['ArrowRight'], moves: true },
  'chips.open': { scope: 'chips', title: 'Change it', keys: ['Enter'], moves: true },
  'chips.remove': { scope: 'chips', title: 'Remove it', keys: ['Delete', 'Backspace'], moves: true },

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

  'find.next': { scope: 'find', title: 'Next hit', keys: ['Enter', 'ArrowDown'], moves: true },
  'find.previous': { scope: 'find', title: 'Previous hit', keys: ['Shift+Enter', 'ArrowUp'], moves: true },
  'find.leave': { scope: 'find', title: 'Back to the messages', keys: ['Escape'], moves: true },

  'problems.in': { scope: 'problems', title: 'Keep only rollouts with the chosen problem, or no longer', keys: ['i'] },
  'problems.out': { scope: 'problems', title: 'Leave rollouts with the chosen problem out, or no longer', keys: ['o'] },

  'export.next': { scope: 'export', title: 'Next step', keys: ['Mod+Enter'], moves: true },
  'export.exampleNext': { scope: 'export', title: 'Next example', keys: ['j'], moves: true },
  'export.mask': { scope: 'export', title: 'Example as trained on, or as written', keys: ['m'] },
  'export.examplePrevious': { scope: 'export', title: 'Previous example', keys: ['k'], moves: true },

  'targets.choose': { scope: 'targets', title: 'Choose it', keys: ['Enter', ' '], moves: true },
  'targets.left': { scope: 'targets', title: 'To the left', keys: ['ArrowLeft'], moves: true },
  'targets.right': { scope: 'targets', title: 'To the right', keys: ['ArrowRight'], moves: true },
  'targets.up': { scope: 'targets', title: 'Up', keys: ['ArrowUp'], moves: true },
  'targets.down': { scope: 'targets', title: 'Down', keys: ['ArrowDown'], moves: true },

  'palette.down': { scope: 'palette', title: 'Down', keys: ['ArrowDown'], moves: true },
  'palette.up': { scope: 'palette', title: 'Up', keys: ['ArrowUp'], moves: true },
  'palette.pageDown': { scope: 'palette', title: 'Eight down', keys: ['PageDown'], moves: true },
  'palette.pageUp': { scope: 'palette', title: 'Eight up', keys: ['PageUp'], moves: true },
  'palette.run': { scope: 'palette', title: 'Do it', keys: ['Enter'], moves: true },
  'palette.more': { scope: 'palette', title: 'What else can be done with it, and back', keys: ['Tab'], moves: true },
  'palette.close': { scope: 'palette', title: 'Back, then close', keys: ['Escape'], moves: true },

  'columns.up': { scope: 'columns', title: 'Move it to the left', keys: ['Alt+ArrowUp'], moves: true },
  'columns.down': { scope: 'columns', title: 'Move it to the right', keys: ['Alt+ArrowDown'], moves: true },

  'recents.open': { scope: 'recents', title: 'Open it', keys: ['Enter'], moves: true },
  'recents.forget': { scope: 'recents', title: 'Take it off the list', keys: ['Delete'], moves: true },

  'tabs.next': { scope: 'tabs', title: 'Next one', keys: ['ArrowRight'], moves: true },
  'tabs.previous': { scope: 'tabs', title: 'Previous one', keys: ['ArrowLeft'], moves: true },

  'field.keep': { scope: 'field', title: 'Keep what is typed', keys: ['Enter'], moves: true },
  'field.newLine': { scope: 'field', title: 'A new line, in a note', keys: ['Shift+Enter'], moves: true },
  'field.drop': { scope: 'field', title: 'Drop what is typed, and leave', keys: ['Escape'], moves: true },

  'tags.add': { scope: 'tags', title: 'Add what is typed', keys: ['Enter', ','], moves: true },
  'tags.removeLast': { scope: 'tags', title: 'In the empty field: take the last one away', keys: ['Backspace'], moves: true },
} as const satisfies Record<string, KeyEntry>;
export type KeyId = keyof typeof keyTable;

/** Keys that the frame itself answers, whatever is on screen. */
export type EverywhereId = { [Id in KeyId]: (typeof keyTable)[Id]['scope'] extends 'everywhere' ? Id : never }[KeyId];

export const keyIds = Object.keys(keyTable) as readonly KeyId[];

export function keyEntry(id: KeyId): KeyEntry {
  return keyTable[id];
}
