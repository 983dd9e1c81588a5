import { AppError } from '../../errors.ts';
import type { ColumnInfo } from '../column.ts';
import { parseExpression } from '../expression/index.ts';
import type { Filter } from '../query.ts';
import { jqProgram } from './jq.ts';
import { pandasProgram } from './python.ts';
import { type KnownColumns, Untranslatable } from './row-keys.ts';

/** A command that gives the rows of a view, in the order of the file; or why there is none. */
export type ViewCommand = { readonly text: string } | { readonly why: string };

export interface CommandView {
  /** As someone in their folder names them. */
  readonly files: readonly string[];
  readonly filter: Filter;
  readonly columns: readonly Pick<ColumnInfo, 'name' | 'derived'>[];
}

/** Writes the lines themselves, byte for byte, into a folder. */
export function rollscopeCommand({ files, filter }: CommandView, out: string): ViewCommand {
  const where = filter.length === 0 ? '' : ` --where ${shellQuote(filter.map((condition) => `(${condition})`).join(' and '))}`;
  return { text: `rollscope export ${files.map(fileArgument).join(' ')} --to custom/rollouts${where} --out ${fileArgument(out)}` };
}

/** Prints the lines themselves. */
export function jqCommand({ files, filter, columns }: CommandView): ViewCommand {
  return translated(() => {
    const program = `jq -rR ${shellQuote(jqProgram(filter.map(parseExpression), knownOf(columns)))}`;
    if (files.every((file) => !isPacked(file))) return `${program} ${files.map(fileArgument).join(' ')}`;
    return `{ ${files.map((file) => `${unpacker(file)} ${fileArgument(file)}`).join('; ')}; } | ${program}`;
  });
}

/** Reads the rows into a data frame. */
export function pandasCommand({ files, filter, columns }: CommandView): ViewCommand {
  if (files.some((file) => file.endsWith('.zst'))) return { why: 'Python reads no .zst: unpack it first' };
  return translated(() => pandasProgram(files, filter.map(parseExpression), knownOf(columns)));
}

function knownOf(columns: CommandView['columns']): KnownColumns {
  const names = (derived: boolean): Set<string> => new Set(columns.filter((column) => column.derived === derived).map(({ name }) => name));
  return { fields: names(false), derived: names(true) };
}

function translated(text: () => string): ViewCommand {
  try {
    return { text: text() };
  } catch (error) {
    if (error instanceof Untranslatable || (error instanceof AppError && error.code === 'bad-input')) return { why: error.message };
    throw error;
  }
}

function isPacked(file: string): boolean {
  return file.endsWith('.gz') || file.endsWith('.zst');
}

function unpacker(file: string): string {
  return file.endsWith('.gz') ? 'gzip -dc' : file.endsWith('.zst') ? 'zstd -dc' : 'cat';
}

/** A name that begins with a dash is no option. */
function fileArgument(file: string): string {
  return shellQuote(file.startsWith('-') ? `./${file}` : file);
}

/** One word for a POSIX shell, whatever is in it. */
export function shellQuote(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
