import type { Readable, Writable } from 'node:stream';
import type { BuiltFiles } from '../serve.ts';

/** What a command works with, so that it can be run by a test as by a terminal. */
export interface Context {
  readonly stdin: Readable;
  /** Results only. */
  readonly stdout: Writable;
  /** Progress, warnings, errors. */
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** What the build put beside the command line. */
  readonly built: BuiltFiles & {
    /** Folder of package.json, which Electron is started on. */
    readonly app: string;
  };
}
