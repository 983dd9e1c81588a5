import { parseArguments, type Arguments, type OptionSpecs } from './arguments.ts';
import type { Context } from './context.ts';

export interface CommandSpec<S extends OptionSpecs> {
  /** What follows `rollscope` in the help text. */
  readonly usage: string;
  readonly about: string;
  readonly options: S;
  /** Answers the exit code. */
  run(args: Arguments<S>, context: Context): Promise<number>;
}

/** A command whose options have been forgotten by the type: what the dispatcher needs. */
export interface Command {
  readonly usage: string;
  readonly about: string;
  readonly options: OptionSpecs;
  run(words: readonly string[], context: Context): Promise<number>;
}

export function defineCommand<S extends OptionSpecs>(spec: CommandSpec<S>): Command {
  return {
    usage: spec.usage,
    about: spec.about,
    options: spec.options,
    run: (words, context) => spec.run(parseArguments(words, spec.options), context),
  };
}

/** Options of every command that reads files. */
export const readingOptions = {
  recursive: { kind: 'flag', about: 'look for files in folders within folders too' },
  threads: { kind: 'integer', value: 'N', about: 'scan threads (default: as many as the machine runs at once)', min: 1, max: 256 },
  'no-cache': { kind: 'flag', about: 'neither read nor write a saved index' },
} as const satisfies OptionSpecs;

/** Options of every command that may serve the app. */
export const servingOptions = {
  port: { kind: 'integer', value: 'N', about: 'port to serve at (default: any free one)', max: 65_535 },
  'out-root': { kind: 'value', value: 'DIR', about: 'folder that exports go under (default: the current one)' },
  'allow-host': { kind: 'list', value: 'NAME', about: 'another host name to be opened by, besides localhost' },
  'no-open': { kind: 'flag', about: 'open no browser' },
} as const satisfies OptionSpecs;
