import { pathKeys } from '#shared/model/expression/index.ts';
import { isJsonObject, JsonNumber, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import { CellKind } from '../index/types.ts';
import { isInexact } from '../query/decimal.ts';

/** What a nested path holds in lines of a block, those that lack it left out. Entry i of each array is of line `lines[i]`. */
export interface PathCells {
  readonly lines: readonly number[];
  readonly kinds: readonly CellKind[];
  /** Booleans as 0 and 1, exact numbers rounded; NaN for others. */
  readonly numbers: readonly number[];
  /** Of strings, and digits of exact numbers; else empty. */
  readonly texts: readonly string[];
}

/** Takes the values of one path out of lines, one after the other. */
export class PathReader {
  private readonly keys: readonly (string | number)[];
  private readonly cells = { lines: [] as number[], kinds: [] as CellKind[], numbers: [] as number[], texts: [] as string[] };

  constructor(name: string) {
    this.keys = rowKeys(name);
  }

  /** `rollout` has its numbers rounded, as JSON.parse does, which is twice as fast as keeping them; `exactly` reads them as written. */
  take(line: number, rollout: JsonObject, exactly: () => JsonObject): void {
    const rounded = follow(rollout, this.keys);
    const value = mayBeRounded(rounded) ? follow(exactly(), this.keys) : rounded;
    if (value === undefined) return;
    const kind = cellKind(value);
    this.cells.lines.push(line);
    this.cells.kinds.push(kind);
    this.cells.numbers.push(numberKinds.has(kind) ? numberOf(value) : Number.NaN);
    this.cells.texts.push(kind === CellKind.string || kind === CellKind.exact ? textOf(value) : '');
  }

  done(): PathCells {
    return this.cells;
  }
}

const numberKinds: ReadonlySet<CellKind> = new Set([CellKind.boolean, CellKind.number, CellKind.exact]);

/** As columns are named: `usage` is that of the response, `sampling` the request, `field.x` is the row's own. */
export function rowKeys(name: string): (string | number)[] {
  const [first, ...rest] = pathKeys(name);
  if (first === 'usage') return ['response', 'usage', ...rest];
  if (first === 'sampling') return ['responses_create_params', ...rest];
  return first === 'field' ? rest : [first ?? '', ...rest];
}

/** Where the keys lead to; undefined where they lead nowhere. */
export function follow(rollout: JsonObject, keys: readonly (string | number)[]): JsonValue | undefined {
  let value: JsonValue | undefined = rollout;
  for (const key of keys) {
    if (typeof key === 'number') value = Array.isArray(value) ? value[key] : undefined;
    else value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

function mayBeRounded(value: JsonValue | undefined): boolean {
  return typeof value === 'number' && !(Math.abs(value) < 2 ** 53);
}

function cellKind(value: JsonValue | undefined): CellKind {
  if (value === undefined) return CellKind.missing;
  if (value === null) return CellKind.null;
  if (typeof value === 'boolean') return CellKind.boolean;
  if (typeof value === 'string') return CellKind.string;
  if (typeof value === 'number') return CellKind.number;
  if (value instanceof JsonNumber) return isInexact(value.text) ? CellKind.exact : CellKind.number;
  return Array.isArray(value) ? CellKind.array : CellKind.object;
}

function numberOf(value: JsonValue | undefined): number {
  return value instanceof JsonNumber ? Number(value.text) : Number(value);
}

export function textOf(value: JsonValue | undefined): string {
  return value instanceof JsonNumber ? value.text : typeof value === 'string' ? value : '';
}
