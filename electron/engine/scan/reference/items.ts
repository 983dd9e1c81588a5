import { CellKind } from '../../index/types.ts';
import type { LineValue, ValueReader } from './values.ts';

/** What the facts of a row need to know of one item of a conversation. */
export interface Item {
  /** The type of an item, the role of a message; undefined where it is none that we know. */
  readonly kind: string | undefined;
  /** The last text of its content that is not empty. */
  readonly text: LineValue | undefined;
  /** The assistant says, thinks or calls something. */
  readonly speaks: boolean;
}

const roles = ['system', 'developer', 'user', 'assistant', 'tool'];
const types = ['reasoning', 'function_call', 'function_call_output'];
const thoughts = ['reasoning_content', 'reasoning', 'thinking'];
const itemKeys = new Set(['type', 'role', 'content', 'summary', 'tool_calls', ...thoughts]);
const partKeys = new Set(['text', 'refusal']);

/** An element of a list of items; one that is no object has no kind. */
export function readItem(reader: ValueReader, value: LineValue): Item {
  const members = reader.pick(value, itemKeys);
  const kind = kindOf(reader, members);
  const content = readContent(reader, members.get('content'));
  const thinks = content.thinks || readContent(reader, members.get('summary')).thinks;
  const calls = [...reader.elements(members.get('tool_calls'))].some((call) => call.kind === CellKind.object);
  const says = content.text !== undefined || calls || thoughts.some((key) => isText(members.get(key)));
  return { kind, text: content.text, speaks: kind === 'function_call' || (kind === 'reasoning' ? thinks : says) };
}

function kindOf(reader: ValueReader, members: ReadonlyMap<string, LineValue>): string | undefined {
  const type = members.get('type');
  const known = (words: readonly string[], value: LineValue | undefined): string | undefined =>
    value?.kind === CellKind.string ? words.find((word) => word === reader.text(value)) : undefined;
  const isMessage = type === undefined || type.kind === CellKind.null || known(['', 'message'], type) !== undefined;
  return isMessage ? known(roles, members.get('role')) : known(types, type);
}

/** A content is a string or a list of strings and of objects with a text or a refusal; such a text in an object may be a thought. */
function readContent(reader: ValueReader, content: LineValue | undefined): { text: LineValue | undefined; thinks: boolean } {
  let text = isText(content) ? content : undefined;
  let thinks = false;
  for (const part of reader.elements(content)) {
    const members = reader.pick(part, partKeys);
    if (isText(members.get('text'))) thinks = true;
    text = [members.get('text'), members.get('refusal'), part].find(isText) ?? text;
  }
  return { text, thinks };
}

function isText(value: LineValue | undefined): value is LineValue {
  return value?.kind === CellKind.string && value.end > value.start;
}
