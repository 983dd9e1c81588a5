import { Buffer } from 'node:buffer';
import { CellKind } from '../../index/types.ts';
import type { LineValue, ValueReader } from './values.ts';

/** Names of tools. Null where they have no room, or cannot be told apart: the row is to be read again. */
export type Names = readonly string[] | null;

/** Bytes of one name as the line writes it; bytes and names of one set. */
const longestName = 512;
const mostBytes = 4096;
const mostNames = 256;

const nameKeys = new Set(['name', 'function']);

/** The name an object has: of none, an empty one or one that is no string nothing. */
export function nameOf(reader: ValueReader, value: LineValue | undefined): Names {
  if (value?.kind !== CellKind.string || value.end === value.start) return [];
  if (value.end - value.start > longestName) return null;
  const text = reader.text(value);
  return text.includes('\n') ? null : [text];
}

/** The name of a tool: its own or, in the form of a chat, that of its function. */
function toolName(reader: ValueReader, tool: LineValue): Names {
  const members = reader.pick(tool, nameKeys);
  const own = nameOf(reader, members.get('name'));
  return own?.length === 0 ? functionName(reader, members.get('function')) : own;
}

/** The names of tools that are offered. */
export function toolNames(reader: ValueReader, tools: LineValue | undefined): Names {
  return joinNames(each(reader.elements(tools), (tool) => toolName(reader, tool)));
}

/** The names of what a message of a chat calls. */
export function callNames(reader: ValueReader, calls: LineValue | undefined): Names {
  return joinNames(each(reader.elements(calls), (call) => functionName(reader, reader.pick(call, nameKeys).get('function'))));
}

/** One by one: a list may be as long as a line. */
function* each(values: Iterable<LineValue>, namesOf: (value: LineValue) => Names): Generator<Names, void> {
  for (const value of values) yield namesOf(value);
}

function functionName(reader: ValueReader, value: LineValue | undefined): Names {
  return nameOf(reader, reader.pick(value, nameKeys).get('name'));
}

/** Each name once, in the order in which they first come. */
export function joinNames(all: Iterable<Names>): Names {
  const joined = new Set<string>();
  let bytes = 0;
  for (const names of all) {
    if (names === null) return null;
    for (const name of names) {
      if (joined.has(name)) continue;
      const length = Buffer.byteLength(name);
      if (joined.size === mostNames || bytes + length > mostBytes) return null;
      joined.add(name);
      bytes += length + 1;
    }
  }
  return [...joined];
}
