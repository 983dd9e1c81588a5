/** Dense arrays take up to 8 bytes a row: the ones asked for last are kept. */
const kept = 12;

type DenseArray = Uint8Array | Uint32Array | Float64Array;

/** Keeps the dense arrays of the columns asked for last, all of one version of the index. */
export class DenseCache {
  private readonly arrays = new Map<object, Map<string, DenseArray>>();
  private readonly order: { owner: object; name: string }[] = [];
  private version = -1;

  /** The array of that name of a column, made anew where it is not kept. `owner` is the column. */
  get<T extends DenseArray>(version: number, owner: object, name: string, isKept: (array: DenseArray) => array is T, make: () => T): T {
    if (version !== this.version) this.clear(version);
    const found = this.arrays.get(owner)?.get(name);
    const array = found && isKept(found) ? found : make();
    this.touch(owner, name, array);
    return array;
  }

  private touch(owner: object, name: string, array: DenseArray): void {
    const at = this.order.findIndex((entry) => entry.owner === owner && entry.name === name);
    if (at >= 0) this.order.splice(at, 1);
    this.order.push({ owner, name });
    const named = this.arrays.get(owner) ?? new Map<string, DenseArray>();
    this.arrays.set(owner, named.set(name, array));
    if (this.order.length <= kept) return;
    const oldest = this.order.shift();
    if (oldest) this.arrays.get(oldest.owner)?.delete(oldest.name);
  }

  private clear(version: number): void {
    this.version = version;
    this.arrays.clear();
    this.order.length = 0;
  }
}
