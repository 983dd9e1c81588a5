import { appendFileSync, closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, renameSync } from 'node:fs';
import { z } from 'zod';
import { markSet } from '#shared/model/marks.ts';

const markKey = z.object({
  agent: z.string().optional(),
  task: z.union([z.string(), z.number()]).optional(),
  rollout: z.number().optional(),
  hash: z.string().optional(),
});
export type MarkKey = z.infer<typeof markKey>;

const markLine = z.object({
  v: z.literal(1),
  at: z.union([z.string(), z.number()]).optional(),
  by: z.string().optional(),
  key: markKey,
  set: markSet,
});
export type MarkLine = z.infer<typeof markLine>;

/** What a sidecar holds. */
export interface MarksFile {
  readonly lines: readonly MarkLine[];
  /** Lines that are no marks, from 1. */
  readonly unreadable: readonly number[];
  /** Why the file as a whole cannot be read. */
  readonly failure?: string;
}

const mostBytes = 64 << 20;
const newline = 10;

/** Reads a sidecar; one that is not there holds no marks. */
export function readMarksFile(path: string): MarksFile {
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { lines: [], unreadable: [] };
    return { lines: [], unreadable: [], failure: error instanceof Error ? error.message : String(error) };
  }
  return parseMarks(text);
}

/** Lines of marks. */
export function parseMarks(text: string): { lines: MarkLine[]; unreadable: number[] } {
  const lines: MarkLine[] = [];
  const unreadable: number[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    const parsed = parseMark(line);
    if (parsed) lines.push(parsed);
    else unreadable.push(i + 1);
  });
  return { lines, unreadable };
}

/**
 * Appends a mark in one write, on a line of its own even where the last one was cut off, so that of several writers none loses a
 * line; answers the bytes it took. Errors of the file system pass through.
 */
export function appendMark(path: string, mark: MarkLine): number {
  const file = openSync(path, 'a+');
  try {
    const { size } = fstatSync(file);
    const isCut = size > 0 && readLast(file, size) !== newline;
    const bytes = Buffer.from(`${isCut ? '\n' : ''}${JSON.stringify(mark)}\n`);
    appendFileSync(file, bytes);
    fsyncSync(file);
    return bytes.length;
  } finally {
    closeSync(file);
  }
}

/** Gives a file that holds no marks another name beside its own, and answers which. */
export function setAside(path: string): string {
  let name = `${path}.unreadable`;
  for (let i = 2; existsSync(name); i++) name = `${path}.unreadable-${i}`;
  renameSync(path, name);
  return name;
}

/** `ENOENT` and the like; undefined of other errors. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

function readLast(file: number, size: number): number | undefined {
  const last = new Uint8Array(1);
  return readSync(file, last, 0, 1, size - 1) === 1 ? last[0] : undefined;
}

/** Without waiting for a pipe. */
function readText(path: string): string {
  const file = openSync(path, 'r');
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new Error('it is no file');
    if (stat.size > mostBytes) throw new Error(`it is larger than ${mostBytes >> 20} MiB`);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

function parseMark(line: string): MarkLine | undefined {
  try {
    const parsed = markLine.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
