import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { KernelExports } from '../../electron/engine/scan/kernel.ts';
import { random as seeded } from '../generate/random.ts';
import { borderFiles } from './borders.ts';
import { Checker, type FuzzFile } from './check.ts';
import { denseFiles } from './dense.ts';
import { edges } from './edges.ts';
import { MutatedFiles } from './mutated.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly mutatedRows: number;
  /** Folder of real files; without one only the hand-written lines are mutated. */
  readonly folder?: string | undefined;
  /** Alignments at which every hand-written line is tried, after it was tried alone; without it they are only mutated. */
  readonly alignments?: number;
  /** Makes the kernel to check; without it the built one is. */
  readonly kernel?: () => KernelExports;
  /** Stops at the first disagreement. */
  readonly stopsAtFirst?: boolean;
  readonly say?: (text: string) => void;
}

export interface FuzzResult {
  readonly rows: number;
  readonly invalid: number;
  readonly cells: number;
  /** Of the mutated rows: how many are rollouts, from 0 to 1. */
  readonly validShare: number;
  readonly disagreements: readonly string[];
}

/** Holds the kernel to JSON.parse and the reference scanner: real rows, edges, borders, dense rows, mutated rows. */
export function fuzz({ seed, mutatedRows, folder, alignments, kernel, stopsAtFirst = false, say = nothing }: FuzzOptions): FuzzResult {
  const random = seeded(seed);
  const checker = new Checker(random, kernel);
  const real = folder !== undefined && existsSync(folder) ? realFiles(folder) : [];
  const check = (name: string, files: Iterable<FuzzFile>): void => {
    if (stopsAtFirst && checker.hasFound) return;
    for (const file of files) {
      checker.check(file);
      if (stopsAtFirst && checker.hasFound) return;
    }
    say(`with ${name} ${checker.rows}`);
  };
  check('real rows', asTheyAre(real));
  if (alignments !== undefined) {
    check('edges', alignedEdges(alignments));
    check('borders', borderFiles());
    check('edges alone', singleEdges());
    check('dense rows', denseFiles());
  }
  const before = { rows: checker.rows, invalid: checker.invalid };
  check(
    'mutated rows',
    mutatedFiles(checker, () => new MutatedFiles(random, real.flatMap(linesOf)), mutatedRows, say),
  );
  const { rows, invalid, cells, disagreements } = checker;
  const validShare = 1 - (invalid - before.invalid) / Math.max(1, rows - before.rows);
  return { rows, invalid, cells, validShare, disagreements };
}

function nothing(): void {}

function realFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => path.join(folder, name));
}

function* asTheyAre(names: readonly string[]): Generator<FuzzFile, void> {
  for (const label of names) {
    const file = readFileSync(label);
    for (const chunkBytes of [64, 320, 4096, 262144]) yield { file, chunkBytes, label, ranges: chunkBytes === 4096 ? 4 : 1 };
  }
}

const chunkSizes = [64, 128, 4096];

/** All edges in one file, so that each begins at many places of a chunk. */
function* alignedEdges(alignments: number): Generator<FuzzFile, void> {
  for (const chunkBytes of chunkSizes) {
    for (let pad = 0; pad < alignments; pad++) {
      const padded = edges.flatMap((edge) => [Buffer.from(' '.repeat(pad)), edge, Buffer.from('\n')]);
      yield { file: Buffer.concat(padded), chunkBytes, label: `edges after ${pad} blanks` };
    }
  }
}

/** Every edge as a file, and as a line of one. */
function* singleEdges(): Generator<FuzzFile, void> {
  const label = 'edge';
  for (const chunkBytes of chunkSizes) {
    for (const edge of edges) {
      yield { file: edge, chunkBytes, label };
      for (const tail of ['\n', '\r\n', '\n\n{"after":1}\n']) {
        yield { file: Buffer.concat([Buffer.from('{"before":1}\n'), edge, Buffer.from(tail)]), chunkBytes, label };
      }
    }
  }
}

function* mutatedFiles(checker: Checker, make: () => MutatedFiles, rows: number, say: (text: string) => void): Generator<FuzzFile, void> {
  const files = make();
  const end = checker.rows + rows;
  let said = Date.now();
  while (checker.rows < end) {
    yield files.next();
    if (Date.now() - said < 20000) continue;
    said = Date.now();
    say(`… ${end - checker.rows} to go`);
  }
}

function linesOf(file: string): Buffer<ArrayBuffer>[] {
  const bytes = readFileSync(file);
  const lines: Buffer<ArrayBuffer>[] = [];
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines.filter(({ length }) => length > 0 && length < 30000);
}
