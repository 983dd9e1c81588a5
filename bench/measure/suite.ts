import type { Size } from '../generate/generate.ts';
import type { Numbers } from './run-child.ts';
import type { Line } from './table.ts';

/** A generated file; `rows` are its lines. */
export interface MadeFile {
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
}

/** What a suite measures with. */
export interface Bench {
  /** Size of the files, unless a suite says otherwise. */
  readonly bytes: number;
  readonly threads: number;
  readonly rounds: number;
  /** Bundle of the scan thread, for the engine. */
  readonly scanThread: string;
  /** A scratch folder, removed at the end. */
  readonly folder: string;
  /** A file of generated rollouts, made once; of as many bytes as the run is for where neither is given. */
  file(size: Size, amount?: { readonly bytes?: number; readonly rows?: number }): MadeFile;
  /** Runs measurements of the child, each in processes of its own, in turns, `rounds` times; answers the best of each. */
  race<K extends string>(runs: Readonly<Record<K, readonly string[]>>): Record<K, Numbers>;
}

/** Measures one thing and its peers in one go. Fails where they do not see the same rows. */
export interface Suite {
  readonly name: string;
  readonly about: string;
  run(bench: Bench): Promise<readonly Line[]> | readonly Line[];
}

export const seconds = (of: Numbers): number => of['seconds'] ?? Number.NaN;

/** Fails where two answers that must be equal are not. */
export function mustEqual(what: string, ours: number | undefined, theirs: number | undefined): void {
  if (ours === undefined || ours !== theirs) throw new Error(`${what}: ${ours} by the engine, ${theirs} by its peer.`);
}
