/** Whole numbers below 2^32 in memory that is used again. */
export class Uint32List {
  length = 0;
  private memory = new Uint32Array(1024);

  push(value: number): void {
    if (this.length === this.memory.length) {
      const larger = new Uint32Array(2 * this.length);
      larger.set(this.memory);
      this.memory = larger;
    }
    this.memory[this.length++] = value;
  }

  at(i: number): number {
    return this.memory[i] ?? 0;
  }

  /** Those in [start, end), until more are pushed. */
  values(start = 0, end = this.length): Uint32Array {
    return this.memory.subarray(start, end);
  }

  clear(): void {
    this.length = 0;
  }
}
