import { CellKind } from '../../electron/engine/index/types.ts';
import { lineErrorWords, ruleMessages } from '../../electron/engine/scan/errors.ts';
import { LineError } from '../../electron/engine/scan/kernel-words.ts';
import type { KernelExports } from '../../electron/engine/scan/kernel.ts';
import { firstError } from '../../electron/engine/scan/reference/first-error.ts';
import { ReferenceScanner } from '../../electron/engine/scan/reference/scanner.ts';
import { Scanner } from '../../electron/engine/scan/scanner.ts';
import type { InvalidLineInSegment, LineScanner, Segment, SegmentRange } from '../../electron/engine/scan/segment.ts';
import { type ExpectedCell, expectedCells, parseLine } from './expected-row.ts';
import { type FoundCell, foundRows } from './found-rows.ts';
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

  /** One line for every class of disagreement, with an example. */
  get disagreements(): string[] {
    return [...this.found].map(([what, { count, example }]) => `${what}: ${count}\n   ${example}`);
  }

  /** Scans a file in chunks of `chunkBytes`, cut at random into `ranges`, by reads of random lengths, and compares all. */
  check(file: Buffer, { chunkBytes, label, ranges = 1 }: { chunkBytes: number; label: string; ranges?: number }): void {
    const segments = this.scan(file, chunkBytes, ranges, label);
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
      const where = `${label} chunk ${chunkBytes} row ${row}: ${JSON.stringify(bytes.subarray(0, 300).toString('latin1'))}`;
      if (starts[row] !== start || ends[row] !== end) this.report('bounds', `${where} ${starts[row]}..${ends[row]}, not ${start}..${end}`);
      if (numbers[row] !== number) this.report('line number', `${where} ${numbers[row]}, not ${number}`);
      this.rows++;
      const said = invalid.get(row);
      const isLastOfFile = end === file.length;
      if (said) this.invalid++;
      this.checkVerdict(bytes, said && { ...said, offset: said.offset - start }, isLastOfFile, where);
      if (said) {
        if ((rows[row]?.size ?? 0) > 0) this.report('cells of an invalid line', where);
      } else if (parses(bytes)) this.checkCells(bytes, rows[row] ?? new Map(), dropped, where);
    });
  }

  /** Scans with the kernel, and compares every segment with what the reference makes of it. */
  private scan(file: Buffer, chunkBytes: number, ranges: number, label: string): Segment[] {
    const { scanner, reference } = this.scanners.get(chunkBytes) ?? this.makeScanners(chunkBytes);
    // Scanners are kept for a while, so that what one file leaves behind meets the next; not for ever, lest nodes run out.
    if (this.random.chance(0.05)) this.scanners.delete(chunkBytes);
    const read = (into: Uint8Array, at: number, length: number, position: number): number => {
      const got = Math.min(length, file.length - position);
      if (got <= 0) return 0;
      return file.copy(into, at, position, position + (got > 1 && this.random.chance(0.25) ? this.random.int(1, got) : got));
    };
    const cuts = Array.from({ length: ranges - 1 }, () => this.random.int(0, file.length)).sort((a, b) => a - b);
    const segments: Segment[] = [];
    let from = 0;
    for (const to of [...cuts, file.length]) {
      if (to <= from) continue;
      const range: SegmentRange = { from, to, size: file.length };
      const segment = finish(scanner.scan(read, range));
      segments.push(segment);
      for (const { what, detail } of segmentDifferences(segment, finish(reference.scan(read, range)))) {
        const text = JSON.stringify(file.subarray(from, Math.min(to, from + 2000)).toString('latin1'));
        this.report(`${what} is not the reference's`, `${label} chunk ${chunkBytes} from ${from} to ${to}: ${detail} ${text}`);
      }
      from = to;
    }
    return segments;
  }

  private makeScanners(chunkBytes: number): Scanners {
    const made = { scanner: new Scanner(chunkBytes, this.kernel?.()), reference: new ReferenceScanner(chunkBytes) };
    this.scanners.set(chunkBytes, made);
    return made;
  }

  private checkVerdict(line: Buffer, said: Said | undefined, isLastOfFile: boolean, where: string): void {
    const wanted = expectedVerdict(line, isLastOfFile);
    if (!wanted !== !said) this.report(said ? `refuses a rollout: ${said.rule}` : `accepts ${wanted?.rule}`, where);
    if (!wanted || !said) return;
    if (wanted.rule !== said.rule) this.report(`rule ${said.rule}, not ${wanted.rule}`, where);
    else if (wanted.offset !== said.offset) this.report(`offset of ${wanted.rule}`, `${where} ${said.offset}, not ${wanted.offset}`);
    else if (wanted.message !== said.message) this.report(`message "${said.message}", not "${wanted.message}"`, where);
  }

  private checkCells(line: Buffer, found: Map<string, FoundCell>, dropped: boolean, where: string): void {
    const expected = expectedCells(parseLine(line));
    for (const [name, cell] of expected) {
      this.cells++;
      const got = found.get(name);
      if (got) {
        const difference = differs(cell, got);
        if (difference)
          this.report(
            `${difference} of ${isPlain(name) ? name : 'a field'}`,
            `${name} ${JSON.stringify(got)}, not ${JSON.stringify(cell)} ${where}`,
          );
      } else if (!dropped) this.report(`missing ${isPlain(name) ? name : 'field'}`, `${name} ${where}`);
    }
    for (const name of found.keys()) if (!expected.has(name)) this.report('value that is not there', `${name} ${where}`);
  }

  private report(what: string, example: string): void {
    const known = this.found.get(what);
    this.found.set(what, { count: (known?.count ?? 0) + 1, example: known?.example ?? example });
  }
}

interface Scanners {
  readonly scanner: LineScanner;
  readonly reference: LineScanner;
}

interface Said {
  readonly rule: string;
  readonly message: string;
  readonly offset: number;
}

/** What must be said of a line, told by JSON.parse and the reference; undefined where it is a rollout. */
function expectedVerdict(line: Buffer, isLastOfFile: boolean): Said | undefined {
  const isValid = parses(line);
  const error = firstError(line);
  if (isValid !== (error === null)) return { rule: 'the reference and JSON.parse disagree', message: '', offset: 0 };
  if (error === null) {
    const value = parseLine(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && /^[ \t\r]*\{/.test(line.toString('latin1')))
      return undefined;
    return {
      rule: 'json/not-object',
      message: `${nameOf(line)}, not an object`,
      offset: line.length - line.toString('latin1').replace(/^[ \t\r]+/, '').length,
    };
  }
  const { offset } = error;
  if (/^[ \t\r]*<PLACEHOLDER/.test(line.toString('latin1'))) return { rule: 'json/placeholder', message: ruleMessages.placeholder, offset };
  if (isLastOfFile && couldGoOn(line, offset)) return { rule: 'json/cut', message: ruleMessages.cut, offset: line.length };
  if (error.error === LineError.nan) return { rule: 'json/nan', message: lineErrorWords(error.error, false), offset };
  const rule = error.error === LineError.utf8 ? 'json/invalid-utf8' : 'json/invalid';
  return { rule, message: lineErrorWords(error.error, offset === line.length), offset };
}

const continuations = ['true', 'false', 'null', 'NaN', 'Infinity'].map((word) => Buffer.from(word));

/** Whether a line that goes wrong at an offset is only too short. */
function couldGoOn(line: Buffer, offset: number): boolean {
  if (offset === line.length) return true;
  const tail = line.subarray(offset);
  if (continuations.some((word) => word.length > tail.length && word.subarray(0, tail.length).equals(tail)))
    return isValueStart(line, offset);
  const tails = ['\x80', '\x80\x80', '\x80\x80\x80', '\xa0', '\xa0\x80', '\x90\x80\x80'].map((text) => Buffer.from(text, 'latin1'));
  return tail.length < 4 && tail[0] !== undefined && tail[0] >= 0x80 && tails.some((rest) => isOneCharacter(Buffer.concat([tail, rest])));
}

/** A word is only a value where one may stand: replaced by 0, the line must get further. (Not after a minus: -Infinity is no word.) */
function isValueStart(line: Buffer, offset: number): boolean {
  if (line[offset - 1] === 0x2d) return false;
  const error = firstError(Buffer.concat([line.subarray(0, offset), Buffer.from('0')]));
  return error === null || error.offset > offset;
}

function isOneCharacter(bytes: Buffer): boolean {
  return /^[^\ufffd]$/u.test(bytes.toString('utf8'));
}

function parses(line: Buffer): boolean {
  try {
    parseLine(line);
    return true;
  } catch {
    return false;
  }
}

function nameOf(line: Buffer): string {
  const value: unknown = JSON.parse(line.toString());
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return `a ${typeof value}`;
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
      return expected.value === found.text ? null : 'text';
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
