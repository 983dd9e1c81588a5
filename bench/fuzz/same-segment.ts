import { NO_TEXT_CODE } from '../../electron/engine/scan/kernel-words.ts';
import type { Segment, SegmentColumn } from '../../electron/engine/scan/segment.ts';

export interface Difference {
  readonly what: string;
  readonly detail: string;
}

/** A column may leave its texts in the file from here on: which of them is for each scanner to choose. */
const mostTexts = 1 << 15;

/** Where a segment differs from what another scanner made of the same lines: in anything that is seen of it. */
export function* segmentDifferences(found: Segment, wanted: Segment): Generator<Difference, void> {
  const numbers = ['rowCount', 'blankLines', 'cutLastLine'] as const;
  for (const what of numbers) if (found[what] !== wanted[what]) yield { what, detail: `${found[what]}, not ${wanted[what]}` };
  const lists = ['starts', 'ends', 'lines', 'valid'] as const;
  for (const what of lists) {
    const at = found[what].findIndex((value, row) => value !== wanted[what][row]);
    if (at >= 0) yield { what, detail: `row ${at}: ${found[what][at]}, not ${wanted[what][at]}` };
  }
  const verdicts = found.invalid.findIndex((line, i) => JSON.stringify(line) !== JSON.stringify(wanted.invalid[i]));
  if (verdicts >= 0 || found.invalid.length !== wanted.invalid.length) {
    yield { what: 'verdict', detail: `${JSON.stringify(found.invalid[verdicts])}, not ${JSON.stringify(wanted.invalid[verdicts])}` };
  }
  yield* columnDifferences(found, wanted);
}

function* columnDifferences(found: Segment, wanted: Segment): Generator<Difference, void> {
  const isWhole = found.droppedKeys === 0 && wanted.droppedKeys === 0;
  if (found.droppedKeys === 0 && wanted.droppedKeys > 0) yield { what: 'dropped keys', detail: `none, not ${wanted.droppedKeys}` };
  const columns = new Map(found.columns.map((column) => [nameOf(column), column]));
  for (const want of wanted.columns) {
    const name = nameOf(want);
    const column = columns.get(name);
    columns.delete(name);
    if (column) yield* cellDifferences(name, { segment: found, column }, { segment: wanted, column: want });
    else if (isWhole) yield { what: 'missing column', detail: name };
  }
  if (isWhole) for (const name of columns.keys()) yield { what: 'column that is not there', detail: name };
  const [order, wantedOrder] = [orderOf(found), orderOf(wanted)];
  if (isWhole && order !== wantedOrder) yield { what: 'order of fields', detail: `${order}, not ${wantedOrder}` };
}

/** Derived columns and counts have a place of their own. */
function orderOf({ columns }: Segment): string {
  return JSON.stringify(columns.filter(({ source }) => !['derived', 'items', 'names', 'hash'].includes(source.scope)).map(nameOf));
}

function nameOf({ source: { scope, key } }: SegmentColumn): string {
  return `${scope}:${key}`;
}

interface Placed {
  readonly segment: Segment;
  readonly column: SegmentColumn;
}

function* cellDifferences(name: string, found: Placed, wanted: Placed): Generator<Difference, void> {
  const areTextsKept = found.segment.texts.ends.length < mostTexts && wanted.segment.texts.ends.length < mostTexts;
  const [got, want] = [found, wanted].map(({ segment, column }) => {
    const cells = new Map<number, string>();
    column.kinds.forEach((kind, at) => {
      if (kind === 0) return;
      const text = areTextsKept ? textOf(segment, column, at) : '';
      cells.set(
        column.rows ? (column.rows[at] ?? -1) : at,
        `${kind} ${Object.is(column.values[at], -0) ? '-0' : column.values[at]} ${text}`,
      );
    });
    return cells;
  });
  for (const row of new Set([...(got?.keys() ?? []), ...(want?.keys() ?? [])])) {
    if (got?.get(row) === want?.get(row)) continue;
    yield { what: 'cell', detail: `${name} of row ${row}: ${got?.get(row)}, not ${want?.get(row)}` };
    return;
  }
}

/** The text a cell names by its code, as the bytes of it. */
function textOf({ texts: { bytes, ends } }: Segment, { codes }: SegmentColumn, at: number): string {
  const code = codes?.[at] ?? NO_TEXT_CODE;
  if (code === NO_TEXT_CODE) return 'without a code';
  return Buffer.from(bytes.subarray(code === 0 ? 0 : ends[code - 1], ends[code])).toString('latin1');
}
