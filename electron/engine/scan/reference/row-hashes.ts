import { CellKind } from '../../index/types.ts';
import { tokenKeys, volatileKeys } from '../fields.ts';
import { hashList, hashNumber, hashObject, hashPair, hashText, hashWords, keptHash } from './hash.ts';
import type { LineValue, ValueReader } from './values.ts';

/** Canonical hashes of a row; undefined where there is nothing to hash. */
export interface RowHashes {
  readonly prompt: number | undefined;
  readonly tools: number | undefined;
  readonly answer: number | undefined;
}

const mostDeep = 1000;
const mostKeys = 16_000;
const longestKey = 1 << 16;

/** No hash at all: a value is too deep, or of too many keys. */
class TooMuch extends Error {}

/** Hashes the values of one row. */
class RowHasher {
  private depth = 0;
  private keys = 0;

  constructor(private readonly reader: ValueReader) {}

  /** `where`: what a value of an output is, as some keys of those are left out. */
  hash(value: LineValue, where?: Where): bigint {
    switch (value.kind) {
      case CellKind.string:
        return hashText(this.reader.text(value));
      case CellKind.array:
        return this.deeper(() => hashList(this.elements(value, where?.elements)));
      case CellKind.object:
        return this.deeper(() => this.object(value, where));
      case CellKind.null:
        return hashWords.null;
      case CellKind.boolean:
        return this.reader.source(value) === 'true' ? hashWords.true : hashWords.false;
      default:
        return hashNumber(this.reader.source(value));
    }
  }

  private *elements(list: LineValue, where: Where | undefined): Generator<bigint, void> {
    for (const element of this.reader.elements(list)) yield this.hash(element, where);
  }

  private object(object: LineValue, where: Where | undefined): bigint {
    const before = this.keys;
    const members = new Map<string, bigint>();
    for (const { key, keyBytes, value } of this.reader.members(object)) {
      if (keyBytes > longestKey) throw new TooMuch();
      if (where?.without?.has(key)) continue;
      const hash = this.hash(value, where?.keys?.get(key));
      if (!members.has(key) && this.keys++ === mostKeys) throw new TooMuch();
      members.set(key, hash);
    }
    this.keys = before;
    return hashObject(members);
  }

  private deeper(hash: () => bigint): bigint {
    if (++this.depth > mostDeep) throw new TooMuch();
    const done = hash();
    this.depth--;
    return done;
  }
}

interface Where {
  /** Keys that are left out of an object. */
  readonly without?: ReadonlySet<string>;
  readonly keys?: ReadonlyMap<string, Where>;
  readonly elements?: Where;
}

const item: Where = {
  without: new Set<string>([...volatileKeys.item, ...tokenKeys]),
  keys: new Map([
    ['content', { elements: { without: new Set<string>(volatileKeys.part) } }],
    ['tool_calls', { elements: { without: new Set<string>(volatileKeys.call) } }],
  ]),
};
/** The elements of an output are items, or lists of items. */
const output: Where = { elements: { ...item, elements: item } };

const requestKeys = new Set(['input', 'tools', 'instructions']);

/** `row`: the values of its keys. */
export function rowHashes(reader: ValueReader, row: ReadonlyMap<string, LineValue>): RowHashes {
  const request = reader.pick(row.get('responses_create_params'), requestKeys);
  const outputValue = reader.pick(row.get('response'), new Set(['output'])).get('output');
  const hasher = new RowHasher(reader);
  const hashOf = (value: LineValue | undefined, where?: Where): bigint | undefined =>
    value === undefined || value.kind === CellKind.null ? undefined : hasher.hash(value, where);
  const input = request.get('input');
  try {
    const [prompt, instructions, tools] = [hashOf(input), hashOf(request.get('instructions')), hashOf(request.get('tools'))];
    const answer = hashOf(outputValue, output);
    const isPrompt = input?.kind === CellKind.string || input?.kind === CellKind.array;
    return {
      prompt: prompt === undefined || !isPrompt ? undefined : keptHash(hashPair(prompt, instructions ?? 0n)),
      tools: tools === undefined ? undefined : keptHash(tools),
      answer: answer === undefined || outputValue?.kind !== CellKind.array ? undefined : keptHash(answer),
    };
  } catch (error) {
    if (error instanceof TooMuch) return { prompt: undefined, tools: undefined, answer: undefined };
    throw error;
  }
}
