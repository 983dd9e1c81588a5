import { type JsonObject, JsonDepthError, parseJson, isJsonObject } from '#shared/model/json.ts';
import type { RowIndex } from '../index/types.ts';

/** Something that is learned of each rollout from its line. */
export interface LineFact {
  /** Rows looked at so far. */
  readonly done: number;
  /** Makes room for so many rows. */
  reserve(rows: number): void;
  /** Rows come in order; undefined is a line that is no rollout, or nested too deep to be read. */
  take(row: number, rollout: JsonObject | undefined): void;
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
      let rollout: JsonObject | undefined;
      if (valid[row] === 1) {
        const end = bytes.indexOf(newline, at);
        rollout = readRollout(bytes.subarray(at, end));
        at = end + 1;
      }
      // Another call may have read on meanwhile.
      for (const fact of facts) if (fact.done === row) fact.take(row, rollout);
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

function readRollout(line: Uint8Array): JsonObject | undefined {
  const text = utf8.decode(line);
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof JsonDepthError || error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}
