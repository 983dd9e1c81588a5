import { forEachCell } from './dense.ts';
import type { Places } from './places.ts';
import { IN_FILE, type StoredColumn } from './stored-column.ts';
import { CellKind, type NameSets } from './types.ts';

/**
 * The sets of a hidden column of names. `readRow` answers the names of a row by its line, for those whose set had no room in the
 * scan: there are none of them but in files made for it.
 */
export function nameSets(column: StoredColumn, places: Places, readRow: (row: number) => readonly string[]): NameSets {
  const setOf = new Uint32Array(places.rowCount);
  const builder = new SetBuilder();
  const known = new Map<number, number>();
  const texts = column.dictionary.values;
  forEachCell(column, places, (part, at, row) => {
    const kind = part.kinds[at] ?? 0;
    const code = part.values[at] ?? 0;
    if (kind === (CellKind.string | IN_FILE)) setOf[row] = builder.add(readRow(row));
    else if (kind === CellKind.string) {
      let set = known.get(code);
      if (set === undefined) known.set(code, (set = builder.add((texts[code] ?? '').split('\n'))));
      setOf[row] = set;
    }
  });
  return { values: builder.values, sets: builder.sets, setOf };
}

/** Numbers names and sets as they first come; set 0 is the empty one. */
class SetBuilder {
  readonly values: string[] = [];
  readonly sets: Uint32Array[] = [];
  private readonly codes = new Map<string, number>();
  private readonly numbers = new Map<string, number>();

  constructor() {
    this.add([]);
  }

  add(names: readonly string[]): number {
    const set = Uint32Array.from(names, (name) => this.codeOf(name)).sort();
    const key = set.join();
    const number = this.numbers.get(key) ?? this.sets.push(set) - 1;
    this.numbers.set(key, number);
    return number;
  }

  private codeOf(name: string): number {
    const code = this.codes.get(name) ?? this.values.push(name) - 1;
    this.codes.set(name, code);
    return code;
  }
}

/** Names of tools by the parsed line: called in the output, offered in the request. Each once. */
export function namesOfLine(line: Uint8Array, which: 'called' | 'offered'): readonly string[] {
  const row: unknown = JSON.parse(new TextDecoder().decode(line));
  const names =
    which === 'called'
      ? list(field(field(row, 'response'), 'output'))
          .flat(1)
          .flatMap(calledBy)
      : offeredIn(row);
  return [...new Set(names.filter((name): name is string => typeof name === 'string' && name !== ''))];
}

function calledBy(item: unknown): unknown[] {
  const type = field(item, 'type') ?? '';
  if (type === 'function_call') return [field(item, 'name')];
  const isMessage = (type === '' || type === 'message') && field(item, 'role') === 'assistant';
  return isMessage ? list(field(item, 'tool_calls')).map((call) => field(field(call, 'function'), 'name')) : [];
}

function offeredIn(row: unknown): unknown[] {
  return list(field(field(row, 'responses_create_params'), 'tools')).map((tool) => {
    const name = field(tool, 'name');
    return typeof name === 'string' && name !== '' ? name : field(field(tool, 'function'), 'name');
  });
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}
