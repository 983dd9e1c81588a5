import { CellKind } from '../../index/types.ts';
import { tokenKeys } from '../fields.ts';
import { encodeWtf8 } from '../wtf8.ts';
import { callNames, nameOf, type Names } from './names.ts';
import type { LineValue, ValueReader } from './values.ts';

/** What the facts of a row need to know of one item of a conversation. */
export interface Item {
  /** The type of an item, the role of a message; undefined where it is none that we know. */
  readonly kind: string | undefined;
  /** The last text of its content that is not empty. */
  readonly text: LineValue | undefined;
  /** The assistant says, thinks or calls something. */
  readonly speaks: boolean;
  /** Its type as a column counts it; undefined where that has no column of its own. */
  readonly type: string | undefined;
  /** An image is part of its content or of what it gives back. */
  readonly hasImages: boolean;
  /** It lists token ids or log-probabilities. */
  readonly hasTokens: boolean;
  /** Names of tools: those it calls. */
  readonly names: Names;
}

const roles = ['system', 'developer', 'user', 'assistant', 'tool'];
const types = ['reasoning', 'function_call', 'function_call_output'];
const thoughts = ['reasoning_content', 'reasoning', 'thinking'];
const images = ['input_image', 'image_url', 'image'];
const itemKeys = new Set(['type', 'role', 'content', 'output', 'summary', 'tool_calls', 'name', ...thoughts, ...tokenKeys]);
const partKeys = new Set(['type', 'text', 'refusal']);
/** Longer types, in bytes, have no column. */
const longestType = 64;

const noItem: Item = { kind: undefined, text: undefined, speaks: false, type: undefined, hasImages: false, hasTokens: false, names: [] };

/** An element of a list of items; one that is no object has no kind. */
export function readItem(reader: ValueReader, value: LineValue): Item {
  if (value.kind !== CellKind.object) return noItem;
  const members = reader.pick(value, itemKeys);
  const kind = kindOf(reader, members);
  const content = readContent(reader, members.get('content'));
  const thinks = content.thinks || readContent(reader, members.get('summary')).thinks;
  const calls = holdsObject(reader.elements(members.get('tool_calls')));
  const says = content.text !== undefined || calls || thoughts.some((key) => isText(members.get(key)));
  return {
    kind,
    text: content.text,
    type: typeOf(reader, members.get('type')),
    hasImages: content.shows || readContent(reader, members.get('output')).shows,
    hasTokens: hasTokens(members),
    names:
      kind === 'function_call'
        ? nameOf(reader, members.get('name'))
        : kind === 'assistant'
          ? callNames(reader, members.get('tool_calls'))
          : [],
    speaks: kind === 'function_call' || (kind === 'reasoning' ? thinks : says),
  };
}

function holdsObject(values: Iterable<LineValue>): boolean {
  for (const { kind } of values) if (kind === CellKind.object) return true;
  return false;
}

export function hasTokens(members: ReadonlyMap<string, LineValue>): boolean {
  return tokenKeys.some((key) => members.get(key)?.kind === CellKind.array);
}

function typeOf(reader: ValueReader, type: LineValue | undefined): string | undefined {
  if (type === undefined || type.kind === CellKind.null) return 'message';
  if (type.kind !== CellKind.string) return undefined;
  const text = reader.text(type) || 'message';
  return encodeWtf8(text).length > longestType ? undefined : text;
}

function kindOf(reader: ValueReader, members: ReadonlyMap<string, LineValue>): string | undefined {
  const type = members.get('type');
  const known = (words: readonly string[], value: LineValue | undefined): string | undefined =>
    value?.kind === CellKind.string ? words.find((word) => word === reader.text(value)) : undefined;
  const isMessage = type === undefined || type.kind === CellKind.null || known(['', 'message'], type) !== undefined;
  return isMessage ? known(roles, members.get('role')) : known(types, type);
}

/** A content is a string or a list of strings and of objects with a text or a refusal; such a text in an object may be a thought. */
function readContent(
  reader: ValueReader,
  content: LineValue | undefined,
): { text: LineValue | undefined; thinks: boolean; shows: boolean } {
  let text = isText(content) ? content : undefined;
  let thinks = false;
  let shows = false;
  for (const part of reader.elements(content)) {
    const members = reader.pick(part, partKeys);
    const type = members.get('type');
    if (isText(members.get('text'))) thinks = true;
    if (type?.kind === CellKind.string && images.includes(reader.text(type))) shows = true;
    text = [members.get('text'), members.get('refusal'), part].find(isText) ?? text;
  }
  return { text, thinks, shows };
}

function isText(value: LineValue | undefined): value is LineValue {
  return value?.kind === CellKind.string && value.end > value.start;
}
