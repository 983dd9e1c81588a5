const smallest = 1024;
/** The table of small numbers has at most this many places for each name it holds. */
const places = 16;

/** Numbers of names: whole numbers from 0, which most tasks are named by, lie in a table; all others in a map. */
export class NameNumbers {
  private table = new Int32Array(smallest).fill(-1);
  private readonly others = new Map<string | number, number>();
  private count = 0;

  get(name: string | number): number | undefined {
    const found = typeof name === 'number' ? this.table[name] : undefined;
    return found === undefined || found < 0 ? this.others.get(name) : found;
  }

  set(name: string | number, number: number): void {
    this.count++;
    if (!this.hasPlace(name)) this.others.set(name, number);
    else this.table[Number(name)] = number;
  }

  private hasPlace(name: string | number): boolean {
    if (typeof name !== 'number' || !Number.isInteger(name) || name < 0 || Object.is(name, -0)) return false;
    if (name < this.table.length) return true;
    if (name >= places * this.count + smallest) return false;
    const larger = new Int32Array(Math.max(name + 1, this.table.length * 2)).fill(-1);
    larger.set(this.table);
    this.table = larger;
    return true;
  }
}
