import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import type { RowIndex } from '../index/types.ts';
import { parseRollout } from '../rollout/index.ts';

/** Something that is learned of each rollout from its line. */
export interface LineFact {
  /** Rows looked at so far. */
  readonly done: number;
  /** Makes room for so many rows. */
  reserve(rows: number): void;
  /**
   * Rows come in order; undefined is a line that is no rollout. Its numbers are rounded, as JSON.parse does, which is twice as
   * fast as keeping them: `exactly` reads it again with numbers as written.
   */
  take(row: number, rollout: JsonObject | undefined, exactly: () => JsonObject): void;
}

/** Lines are read in blocks of about so many bytes. */
const blockBytes = 1 << 18;
const mostRows = 512;
const newline = 10;
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Brings the facts up to the rows there are, those furthest behind first. Yields the row after every line. Fails with `changed`. */
export function* readFacts(index: RowIndex, facts: readonly LineFact[]): Generator<number, void> {
  for (;;) {
    const behind = facts.filter(({ done }) => done < index.rowCount);
    if (behind.length === 0) return;
    const from = Math.min(...behind.map(({ done }) => done));
    yield* readBlock(index, from);
  }

  function* readBlock({ rowCount }: RowIndex, from: number): Generator<number, void> {
    const valid = index.valid();
    for (const fact of facts) fact.reserve(rowCount);
    const to = endOfBlock(index, from);
    const rows = new Uint32Array(to - from).map((_, i) => from + i).filter((row) => valid[row] === 1);
    const bytes = index.readLines(rows);
    for (let row = from, at = 0; row < to; row++) {
      const from = at;
      if (valid[row] === 1) at = bytes.indexOf(newline, from) + 1;
      const line = bytes.subarray(from, at);
      const rollout = valid[row] === 1 ? readRollout(line) : undefined;
      // Another call may have read on meanwhile.
      for (const fact of facts) if (fact.done === row) fact.take(row, rollout, () => parseRollout(line));
      yield row;
    }
  }
}

function endOfBlock(index: RowIndex, from: number): number {
  let bytes = 0;
  let row = from;
  while (row < index.rowCount && row - from < mostRows && bytes < blockBytes) {
    const { start, end } = index.place(row++);
    bytes += end - start;
  }
  return row;
}

/** Undefined where it is nested deeper than can be read. */
function readRollout(line: Uint8Array): JsonObject | undefined {
  try {
    const value: JsonValue = JSON.parse(utf8.decode(line));
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}
