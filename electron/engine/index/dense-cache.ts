/** Arrays that are kept, and how large they may be together: of few rows all that fit, of millions a handful. */
const mostArrays = 64;
const leastBudget = 96 << 20;
const budgetPerRow = 32;

type DenseArray = Uint8Array | Uint32Array | Float64Array;

interface Kept {
  /** The column. */
  readonly owner: object;
  readonly name: string;
  readonly array: DenseArray;
}

/** Keeps the dense arrays of the columns asked for last, all of one version of the index. */
export class DenseCache {
  /** The one asked for last comes last. */
  private readonly kept: Kept[] = [];
  private bytes = 0;
  private version = -1;

  /** The array of that name of a column, made anew where it is not kept. Every array has one entry a row. */
  get<T extends DenseArray>(version: number, owner: object, name: string, isKept: (array: DenseArray) => array is T, make: () => T): T {
    if (version !== this.version) this.clear(version);
    const at = this.kept.findIndex((entry) => entry.owner === owner && entry.name === name);
    const found = at < 0 ? undefined : this.remove(at);
    const array = found && isKept(found.array) ? found.array : make();
    this.keep({ owner, name, array });
    return array;
  }

  private keep(entry: Kept): void {
    const { byteLength, length } = entry.array;
    const budget = Math.max(leastBudget, budgetPerRow * length);
    while (this.kept.length > 0 && (this.kept.length >= mostArrays || this.bytes + byteLength > budget)) this.remove(0);
    this.kept.push(entry);
    this.bytes += byteLength;
  }

  private remove(at: number): Kept | undefined {
    const [entry] = this.kept.splice(at, 1);
    this.bytes -= entry?.array.byteLength ?? 0;
    return entry;
  }

  private clear(version: number): void {
    this.version = version;
    this.kept.length = 0;
    this.bytes = 0;
  }
}
