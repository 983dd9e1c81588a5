import { limits } from '#shared/limits.ts';
import { CellKind } from '../../index/types.ts';
import { type ColumnSource, notSampling, type ScanWhat } from '../fields.ts';
import { ItemType, NO_TEXT_CODE } from '../kernel-words.ts';
import type { ReferenceCell, ReferenceColumns } from './columns.ts';
import { type Fact, readFacts } from './facts.ts';
import type { RawLine } from './lines.ts';
import type { TextTable } from './texts.ts';
import { rowHashes } from './row-hashes.ts';
import { type LineValue, ValueReader } from './values.ts';

/** Longer texts, counted in bytes as the line writes them, stay in the file. */
const longestText = 128;
/** Distinct texts one column may add in a segment, lest one of many push out the others. */
const mostTexts = 1 << 15;
/** Texts of any length, which no dictionary should hold. */
const previews = new Set(['prompt', 'answer']);

const roles = ['system', 'developer', 'user', 'assistant', 'tool'];

const nestedKeys = new Set(['response', 'responses_create_params', 'messages', 'agent_ref', 'reward_components']);

/** Turns the rollouts of one segment into cells. */
export class RowReader {
  /** How many texts each column has added. */
  private readonly added = new Map<string, number>();
  private readonly types = new Set<string>();

  constructor(
    private readonly columns: ReferenceColumns,
    private readonly texts: TextTable,
    private readonly what: ScanWhat = 'all',
  ) {
    for (const role of roles) texts.codeOf(role);
  }

  /** A line that holds an object of valid JSON. */
  read(row: number, { bytes, start }: RawLine): void {
    const reader = new ValueReader(bytes);
    if (this.what !== 'columns') this.putHashes(row, reader);
    if (this.what !== 'hashes') this.putColumns(row, reader, start);
  }

  private putHashes(row: number, reader: ValueReader): void {
    const fields = reader.pick(reader.root(), new Set(['response', 'responses_create_params']));
    for (const [key, value] of Object.entries(rowHashes(reader, fields))) {
      if (value === undefined) continue;
      this.columns.put(row, { scope: 'hash', key }, { kind: CellKind.number, value, code: NO_TEXT_CODE, offset: 0 });
    }
  }

  private putColumns(row: number, reader: ValueReader, start: number): void {
    const put = (source: ColumnSource, value: LineValue | undefined): void => {
      if (value) this.columns.put(row, source, this.cell(reader, value, start, source));
    };
    const putMembers = (
      scope: ColumnSource['scope'],
      object: LineValue | undefined,
      except: readonly string[] = [],
    ): ReadonlyMap<string, LineValue> => {
      const nested = new Map<string, LineValue>();
      for (const { key, keyBytes, value } of reader.members(object)) {
        if (!except.includes(key) && this.columns.hasRoom({ scope, key }, keyBytes)) put({ scope, key }, value);
        if (nestedKeys.has(key)) nested.set(key, value);
      }
      return nested;
    };
    const putOwn = (source: ColumnSource, kind: CellKind, value: number, code: number = NO_TEXT_CODE): void =>
      this.columns.put(row, source, { kind, value, code, offset: 0 });
    const derive = (key: string, value: Fact): void => {
      const source: ColumnSource = { scope: 'derived', key };
      if (typeof value === 'number') putOwn(source, CellKind.number, value);
      else if (typeof value === 'boolean') putOwn(source, CellKind.boolean, Number(value));
      else if (value && 'word' in value) putOwn(source, CellKind.string, 0, this.texts.codeOf(value.word));
      else put(source, value);
    };

    const fields = putMembers('field', reader.root());
    putMembers('reward_components', fields.get('reward_components'));
    putMembers('sampling', fields.get('responses_create_params'), notSampling);
    const response = reader.pick(fields.get('response'), new Set(['usage', 'status', 'incomplete_details']));
    putMembers('usage', response.get('usage'));
    derive('agent', reader.pick(fields.get('agent_ref'), new Set(['name'])).get('name'));
    derive('status', response.get('status'));
    const incomplete = response.get('incomplete_details');
    if (incomplete) {
      const value = incomplete.kind === CellKind.object ? 1 : 0;
      const cell = { kind: CellKind.boolean, value, code: NO_TEXT_CODE, offset: start + incomplete.start };
      this.columns.put(row, { scope: 'derived', key: 'truncated' }, cell);
    }
    derive('incomplete_reason', reader.pick(incomplete, new Set(['reason'])).get('reason'));
    const { facts, types, names } = readFacts(reader, fields);
    for (const [name, value] of Object.entries(facts)) derive(name, value);
    for (const [key, set] of Object.entries(names)) {
      const source: ColumnSource = { scope: 'names', key };
      if (set?.length !== 0) putOwn(source, CellKind.string, 0, set ? this.codeOf(source, set.join('\n')) : NO_TEXT_CODE);
    }
    for (const [key, count] of this.admit(types)) putOwn({ scope: 'items', key }, CellKind.number, count);
  }

  /** Counts of types, each by the name of its column. */
  private admit(types: ReadonlyMap<string | undefined, number>): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const [type, count] of types) {
      const key = type !== undefined && this.hasColumn(type) ? type : 'other';
      counts.set(key, (counts.get(key) ?? 0) + count);
    }
    return counts;
  }

  private hasColumn(type: string): boolean {
    if (Object.hasOwn(ItemType, type) || this.types.has(type)) return true;
    if (this.types.size >= limits.itemTypes) return false;
    if (!this.columns.hasRoom({ scope: 'items', key: type }, type.length)) return false;
    this.types.add(type);
    return true;
  }

  private cell(reader: ValueReader, value: LineValue, lineStart: number, source: ColumnSource): ReferenceCell {
    const offset = lineStart + value.start;
    const plain = (number: number): ReferenceCell => ({ kind: value.kind, value: number, code: NO_TEXT_CODE, offset });
    switch (value.kind) {
      case CellKind.boolean:
        return plain(reader.source(value) === 'true' ? 1 : 0);
      case CellKind.string:
        return { ...plain(offset), code: this.code(source, value, () => reader.text(value)) };
      case CellKind.number: {
        const digits = reader.source(value);
        const number = Number(digits);
        const isLarge = Math.abs(number) >= 2 ** 53 && /^-?\d+$/.test(digits) && !/^-?9007199254740992$/.test(digits);
        if (Number.isFinite(number) && !isLarge) return plain(number);
        return { kind: CellKind.exact, value: offset, code: isLarge ? this.code(source, value, () => digits) : NO_TEXT_CODE, offset };
      }
      case CellKind.object:
      case CellKind.array:
        return plain(offset);
      default:
        return plain(0);
    }
  }

  /** The code of a short text, unless the text is only known by its place. */
  private code({ scope, key }: ColumnSource, { start, end }: LineValue, text: () => string): number {
    if (end - start > longestText || (scope === 'derived' && previews.has(key))) return NO_TEXT_CODE;
    return this.codeOf({ scope, key }, text());
  }

  private codeOf({ scope, key }: ColumnSource, text: string): number {
    const column = `${scope}:${key}`;
    const added = this.added.get(column) ?? 0;
    if (added >= mostTexts) return NO_TEXT_CODE;
    const before = this.texts.count;
    const code = this.texts.codeOf(text);
    if (this.texts.count > before) this.added.set(column, added + 1);
    return code;
  }
}
