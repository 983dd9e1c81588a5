import { keyEntry, keyIds, type KeyId, type KeyScope } from './key-table.ts';
import { modKey } from './mod-key.ts';

/** The part of a key press that says which key it was. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** What a key press means in a scope; null where it means nothing there. */
export function keyIn(scope: KeyScope, press: KeyPress): KeyId | null {
  return keyIds.find((id) => keyEntry(id).scope === scope && keyEntry(id).keys.some((key) => isPress(key, press))) ?? null;
}

/** Whether a key press is that of an entry. */
export function isKey(id: KeyId, press: KeyPress): boolean {
  return keyEntry(id).keys.some((key) => isPress(key, press));
}

/** How far a key of lists goes, for what moves as a list does; null where it is none. The ends are infinitely far. */
export function listStep(press: KeyPress, pageRows: number): number | null {
  switch (keyIn('list', press)) {
    case 'list.down':
      return 1;
    case 'list.up':
      return -1;
    case 'list.pageDown':
      return pageRows;
    case 'list.pageUp':
      return -pageRows;
    case 'list.first':
      return -Infinity;
    case 'list.last':
      return Infinity;
    default:
      return null;
  }
}

/** How far a key of tabs and steps goes; 0 where it is none. */
export function tabStep(press: KeyPress): number {
  return isKey('tabs.next', press) ? 1 : isKey('tabs.previous', press) ? -1 : 0;
}

/** A key press that would mean the entry, for what runs it from elsewhere. */
export function pressOf(id: KeyId): Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey'> {
  const { key, mod, shift, alt } = partsOf(keyEntry(id).keys[0]);
  return { key, ctrlKey: mod, shiftKey: shift, altKey: alt };
}

/** The first key of an entry as key caps: `⌘`, `⇧`, `Z`. */
export function keyCaps(id: KeyId): readonly string[] {
  return capsOf(keyEntry(id).keys[0]);
}

/** Every key of an entry, each as key caps. */
export function allKeyCaps(id: KeyId): readonly (readonly string[])[] {
  return keyEntry(id).keys.map(capsOf);
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
  Backspace: '⌫',
  ' ': 'Space',
  Delete: 'Del',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  ContextMenu: 'Menu',
};

function capsOf(binding: string): readonly string[] {
  const { key, mod, shift, alt } = partsOf(binding);
  const cap = caps[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return [...(alt ? ['Alt'] : []), ...(mod ? [modKey.trim()] : []), ...(shift ? ['⇧'] : []), cap];
}

function partsOf(binding: string): { key: string; mod: boolean; shift: boolean; alt: boolean } {
  const [, alt, mod, shift, key = ''] = /^(Alt\+)?(Mod\+)?(Shift\+)?(.+)$/.exec(binding) ?? [];
  return { key, mod: mod !== undefined, shift: shift !== undefined, alt: alt !== undefined };
}

/** A sign such as `?` needs Shift on some keyboards and not on others: there it does not count. */
function isPress(binding: string, { key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): boolean {
  const wanted = partsOf(binding);
  const isSign = wanted.key.length === 1 && !/[a-z]/.test(wanted.key);
  if (wanted.alt !== altKey || wanted.mod !== (ctrlKey || metaKey) || (!isSign && wanted.shift !== shiftKey)) return false;
  return wanted.key.length === 1 ? key.toLowerCase() === wanted.key : key === wanted.key;
}
