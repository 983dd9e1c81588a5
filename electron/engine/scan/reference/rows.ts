import { CellKind } from '../../index/types.ts';
import type { ColumnSource } from '../fields.ts';
import { NO_TEXT_CODE } from '../kernel-words.ts';
import type { ReferenceCell, ReferenceColumns } from './columns.ts';
import { readFacts } from './facts.ts';
import type { RawLine } from './lines.ts';
import type { TextTable } from './texts.ts';
import { type LineValue, ValueReader } from './values.ts';

/** Longer texts, counted in bytes as the line writes them, stay in the file. */
const longestText = 128;
/** Distinct texts one column may add in a segment, lest one of many push out the others. */
const mostTexts = 1 << 15;
/** Texts of any length, which no dictionary should hold. */
const previews = new Set(['prompt', 'answer']);

const nestedKeys = new Set(['response', 'responses_create_params', 'messages', 'agent_ref', 'reward_components']);

/** Turns the rollouts of one segment into cells. */
export class RowReader {
  /** How many texts each column has added. */
  private readonly added = new Map<string, number>();

  constructor(
    private readonly columns: ReferenceColumns,
    private readonly texts: TextTable,
  ) {}

  /** A line that holds an object of valid JSON. */
  read(row: number, { bytes, start }: RawLine): void {
    const reader = new ValueReader(bytes);
    const put = (source: ColumnSource, value: LineValue | undefined): void => {
      if (value) this.columns.put(row, source, this.cell(reader, value, start, source));
    };
    const putMembers = (scope: ColumnSource['scope'], object: LineValue | undefined): ReadonlyMap<string, LineValue> => {
      const nested = new Map<string, LineValue>();
      for (const { key, keyBytes, value } of reader.members(object)) {
        if (this.columns.hasRoom({ scope, key }, keyBytes)) put({ scope, key }, value);
        if (nestedKeys.has(key)) nested.set(key, value);
      }
      return nested;
    };
    const derive = (key: string, value: LineValue | number | undefined): void => {
      const source: ColumnSource = { scope: 'derived', key };
      if (typeof value === 'number') this.columns.put(row, source, { kind: CellKind.number, value, code: NO_TEXT_CODE, offset: 0 });
      else put(source, value);
    };

    const fields = putMembers('field', reader.root());
    putMembers('reward_components', fields.get('reward_components'));
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
    for (const [name, value] of Object.entries(readFacts(reader, fields))) derive(name, value);
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
    const column = `${scope}:${key}`;
    const added = this.added.get(column) ?? 0;
    if (added >= mostTexts) return NO_TEXT_CODE;
    const before = this.texts.count;
    const code = this.texts.codeOf(text());
    if (this.texts.count > before) this.added.set(column, added + 1);
    return code;
  }
}
