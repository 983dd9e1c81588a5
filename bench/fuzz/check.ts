import { CellKind } from '../../electron/engine/index/types.ts';
import type { KernelExports } from '../../electron/engine/scan/kernel.ts';
import { ReferenceScanner } from '../../electron/engine/scan/reference/scanner.ts';
import { Scanner } from '../../electron/engine/scan/scanner.ts';
import type { ReadAt } from '../../electron/engine/scan/read-at.ts';
import type { InvalidLineInSegment, LineScanner, Segment, SegmentColumn, SegmentRange } from '../../electron/engine/scan/segment.ts';
import { type ExpectedCell, expectedCells } from './expected-row.ts';
import { expectedVerdict, type Said } from './expected-verdict.ts';
import { type FoundCell, foundRows } from './found-rows.ts';
import { tryParse } from './parsed.ts';
import { segmentDifferences } from './same-segment.ts';
import type { Random } from '../generate/random.ts';

/** Compares the kernel with JSON.parse and with the reference scanner, and collects where they disagree. */
export class Checker {
  rows = 0;
  invalid = 0;
  cells = 0;
  private readonly found = new Map<string, { count: number; example: string }>();
  private readonly scanners = new Map<number, Scanners>();

  /** `kernel`: makes the kernel to check, where it is not the built one. */
  constructor(
    private readonly random: Random,
    private readonly kernel?: () => KernelExports,
  ) {}

  get hasFound(): boolean {
    return this.found.size > 0;
  }

  /** One line for every class of disagreement, with an example. */
  get disagreements(): string[] {
    return [...this.found].map(([what, { count, example }]) => `${what}: ${count}\n   ${example}`);
  }

  /** Scans a file, by reads of random lengths, and compares all. */
  check({ file, chunkBytes, label, ranges = 1, cuts }: FuzzFile): void {
    const cutAt = cuts ?? Array.from({ length: ranges - 1 }, () => this.random.int(0, file.length)).sort((a, b) => a - b);
    const segments = this.scan(file, chunkBytes, cutAt, label);
    const lines = linesOf(file);
    const rows = segments.flatMap((segment) => foundRows(segment, file));
    const starts = segments.flatMap((segment) => [...segment.starts]);
    const ends = segments.flatMap((segment) => [...segment.ends]);
    const numbers = lineNumbers(segments);
    const invalid = new Map<number, InvalidLineInSegment>();
    segments.reduce((first, segment) => {
      for (const line of segment.invalid) invalid.set(first + line.row, line);
      return first + segment.rowCount;
    }, 0);
    const dropped = segments.some(({ droppedKeys }) => droppedKeys > 0);
    if (rows.length !== lines.length) this.report('number of rows', `${label} chunk ${chunkBytes}: ${rows.length}, not ${lines.length}`);
    lines.forEach(({ start, end, number }, row) => {
      const bytes = file.subarray(start, end);
      const where = (): string => `${label} chunk ${chunkBytes} row ${row}: ${JSON.stringify(bytes.subarray(0, 300).toString('latin1'))}`;
      if (starts[row] !== start || ends[row] !== end)
        this.report('bounds', `${where()} ${starts[row]}..${ends[row]}, not ${start}..${end}`);
      if (numbers[row] !== number) this.report('line number', `${where()} ${numbers[row]}, not ${number}`);
      this.rows++;
      const said = invalid.get(row);
      const isLastOfFile = end === file.length;
      if (said) this.invalid++;
      const parsed = tryParse(bytes);
      this.checkVerdict(expectedVerdict(bytes, parsed, isLastOfFile), said && { ...said, offset: said.offset - start }, where);
      if (said) {
        if ((rows[row]?.size ?? 0) > 0) this.report('cells of an invalid line', where());
      } else if (parsed) this.checkCells(parsed.value, rows[row] ?? new Map(), dropped, where);
    });
  }

  /** Scans with the kernel, and compares every segment with what the reference makes of it. */
  private scan(file: Buffer, chunkBytes: number, cuts: readonly number[], label: string): Segment[] {
    const { scanner, reference } = this.scanners.get(chunkBytes) ?? this.makeScanners(chunkBytes);
    const read = (into: Uint8Array, at: number, length: number, position: number): number => {
      const got = Math.min(length, file.length - position);
      if (got <= 0) return 0;
      return file.copy(into, at, position, position + (got > 1 && this.random.chance(0.25) ? this.random.int(1, got) : got));
    };
    const segments: Segment[] = [];
    let from = 0;
    for (const to of [...cuts, file.length]) {
      if (to <= from) continue;
      const range: SegmentRange = { from, to, size: file.length };
      const segment = finish(scanner.scan(read, range));
      segments.push(segment);
      if (this.random.chance(0.01)) this.checkParts(segment, read, range, `${label} chunk ${chunkBytes} from ${from} to ${to}`);
      for (const { what, detail } of segmentDifferences(segment, finish(reference.scan(read, range)))) {
        const text = JSON.stringify(file.subarray(from, Math.min(to, from + 2000)).toString('latin1'));
        this.report(`${what} is not the reference's`, `${label} chunk ${chunkBytes} from ${from} to ${to}: ${detail} ${text}`);
      }
      from = to;
    }
    // Scanners are kept for a while, so that what one file leaves behind meets the next; until they have no room for new fields.
    if (this.random.chance(0.01) || segments.some(({ droppedKeys }) => droppedKeys > 0)) this.scanners.delete(chunkBytes);
    return segments;
  }

  /** Columns and hashes scanned apart must be those that are scanned together. */
  private checkParts(whole: Segment, read: ReadAt, range: SegmentRange, where: string): void {
    if (this.kernel || whole.droppedKeys > 0) return;
    for (const what of ['columns', 'hashes'] as const) {
      const isHash = ({ source }: SegmentColumn): boolean => source.scope === 'hash';
      const columns = whole.columns.filter((column) => isHash(column) === (what === 'hashes'));
      const found = finish(new Scanner({ what }).scan(read, range));
      for (const { what: part, detail } of segmentDifferences({ ...whole, columns, hashed: found.hashed }, found))
        this.report(`${part} of ${what} alone`, `${where}: ${detail}`);
    }
  }

  private makeScanners(chunkBytes: number): Scanners {
    const made = { scanner: new Scanner({ chunkBytes, kernel: this.kernel?.() }), reference: new ReferenceScanner({ chunkBytes }) };
    this.scanners.set(chunkBytes, made);
    return made;
  }

  private checkVerdict(wanted: Said | undefined, said: Said | undefined, where: () => string): void {
    if (!wanted !== !said) this.report(said ? `refuses a rollout: ${said.rule}` : `accepts ${wanted?.rule}`, where());
    if (!wanted || !said) return;
    if (wanted.rule !== said.rule) this.report(`rule ${said.rule}, not ${wanted.rule}`, where());
    else if (wanted.offset !== said.offset) this.report(`offset of ${wanted.rule}`, `${where()} ${said.offset}, not ${wanted.offset}`);
    else if (wanted.message !== said.message) this.report(`message "${said.message}", not "${wanted.message}"`, where());
  }

  private checkCells(value: unknown, found: Map<string, FoundCell>, dropped: boolean, where: () => string): void {
    const expected = expectedCells(value);
    for (const [name, cell] of expected) {
      this.cells++;
      const got = found.get(name);
      const column = isPlain(name) ? name : 'a field';
      const difference = got && differs(cell, got);
      if (difference) this.report(`${difference} of ${column}`, `${name} ${JSON.stringify(got)}, not ${JSON.stringify(cell)} ${where()}`);
      if (!got && !dropped) this.report(`missing ${column}`, `${name} ${where()}`);
    }
    for (const name of found.keys()) if (!expected.has(name)) this.report('value that is not there', `${name} ${where()}`);
  }

  private report(what: string, example: string): void {
    const known = this.found.get(what);
    this.found.set(what, { count: (known?.count ?? 0) + 1, example: known?.example ?? example });
  }
}

/** A file and how to scan it. */
export interface FuzzFile {
  readonly file: Buffer;
  readonly chunkBytes: number;
  readonly label: string;
  /** How many ranges the file is cut into at random, if not at `cuts`. */
  readonly ranges?: number;
  readonly cuts?: readonly number[];
}

interface Scanners {
  readonly scanner: LineScanner;
  readonly reference: LineScanner;
}

function differs(expected: ExpectedCell, found: FoundCell): string | null {
  if (expected.kind !== found.kind) return 'kind';
  switch (expected.kind) {
    case CellKind.number:
      return Object.is(expected.value, found.value) ? null : 'number';
    case CellKind.boolean:
      return Number(expected.value) === found.value ? null : 'boolean';
    case CellKind.exact:
      return expected.source === found.text ? null : 'digits';
    case CellKind.string:
      return expected.value === undefined || expected.value === found.text ? null : 'text';
    default:
      return null;
  }
}

function isPlain(name: string): boolean {
  return /^[a-z_.]{1,30}$/.test(name);
}

function finish(scan: Generator<void, Segment>): Segment {
  while (true) {
    const step = scan.next();
    if (step.done) return step.value;
  }
}

function lineNumbers(segments: readonly Segment[]): number[] {
  let first = 0;
  return segments.flatMap((segment) => {
    const numbers = [...segment.lines].map((line) => first + line + 1);
    first += segment.rowCount + segment.blankLines;
    return numbers;
  });
}

/** Non-blank lines, plainly. */
function linesOf(file: Buffer): { start: number; end: number; number: number }[] {
  const lines: { start: number; end: number; number: number }[] = [];
  let start = file.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf)) ? 3 : 0;
  for (let number = 1; start < file.length; number++) {
    const newline = file.indexOf(10, start);
    const end = newline < 0 ? file.length : newline;
    if (file.subarray(start, end).some((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d)) lines.push({ start, end, number });
    start = end + 1;
  }
  return lines;
}
