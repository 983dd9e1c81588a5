/** So many bytes of a value tell it from others of its length, mostly. */
const lookedAt = 24;
/** Values that look alike and are not, before they are no longer told apart: they are the user's. */
const mostAlike = 16;

/** Counts the values of a column of bytes, equal ones once, to know where a dictionary of them is of no use at all. */
export class DistinctBytes {
  /** Places of values that look alike and are not. */
  private readonly alike = new Map<number, number[]>();
  private isTold = true;
  private values = 0;
  private bytes = 0;
  private distinctValues = 0;
  private distinctBytes = 0;

  /** `valueAt`: the bytes of a value that was added, by its place. */
  constructor(private readonly valueAt: (place: number) => Uint8Array) {}

  /** `size`: what the library takes for that of the value. */
  add(place: number, size: number): void {
    this.values++;
    this.bytes += size;
    if (!this.isTold) return;
    const value = this.valueAt(place);
    const key = keyOf(value);
    const others = this.alike.get(key);
    if (others?.some((other) => Buffer.compare(this.valueAt(other), value) === 0)) return;
    if (!others) this.alike.set(key, [place]);
    else if (others.length < mostAlike) others.push(place);
    else this.isTold = false;
    this.distinctValues++;
    this.distinctBytes += size;
  }

  /**
   * Whether a dictionary would not halve the bytes of the values. The library (`useDictionary`, hyparquet-writer) builds it to find
   * out, and then leaves it: in this sum, of which a test holds that it is the library's.
   */
  get needsNoDictionary(): boolean {
    if (!this.isTold || this.values === 0) return false;
    const indexes = Math.ceil((this.values * Math.ceil(Math.log2(this.distinctValues))) / 8);
    const dictionary = this.distinctBytes + this.distinctValues * prefix;
    return 2 * (dictionary + indexes) > this.bytes + this.values * prefix;
  }
}

/** Bytes of the length before each value, where it is written plainly. */
export const prefix = 4;

function keyOf(value: Uint8Array): number {
  const { length } = value;
  let key = length;
  const step = Math.max(1, Math.floor(length / lookedAt));
  for (let at = 0; at < length; at += step) key = Math.imul(key ^ (value[at] ?? 0), 0x01000193);
  // What most values differ in stands at their end, or right before the brackets that close them.
  for (let at = Math.max(0, length - 8); at < length; at++) key = Math.imul(key ^ (value[at] ?? 0), 0x01000193);
  return key;
}
