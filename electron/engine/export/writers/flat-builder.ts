/**
 * FlatBuffers, as far as Arrow's messages need them. A buffer is written from its end to its beginning: what an offset points to is
 * written first, and places are counted from the end.
 */
export class FlatBuilder {
  private bytes = new Uint8Array(256);
  private used = 0;
  private largest = 1;

  /** Bytes of the buffer, whose root is the table at `root`. */
  finish(root: number): Uint8Array {
    this.align(this.largest, 4);
    this.offset(root);
    return this.bytes.slice(this.bytes.length - this.used);
  }

  text(value: string): number {
    const bytes = new TextEncoder().encode(value);
    this.align(4, bytes.length + 1);
    this.push(0, 1);
    this.take(bytes.length).set(bytes);
    return this.int32(bytes.length);
  }

  /** Offsets to what was written before. */
  offsets(places: readonly number[]): number {
    this.align(4, 4 * places.length);
    for (const place of [...places].reverse()) this.offset(place);
    return this.int32(places.length);
  }

  /** Structs of 64-bit numbers, each of as many as the others. */
  structs(list: readonly (readonly number[])[]): number {
    this.align(8, 8 * list.flat().length);
    for (const number of list.flat().reverse()) this.push(number, 8);
    this.align(4, 0);
    return this.int32(list.length);
  }

  /** Fields by slot: what is undefined is left out, so that it has its default. */
  table(fields: readonly (Field | undefined)[]): number {
    const start = this.used;
    const places = fields.map((field) => {
      if (field === undefined) return 0;
      if (field.size === 'offset') return this.offset(field.value);
      this.align(field.size, 0);
      return this.push(field.value, field.size);
    });
    const table = this.int32(0);
    for (const place of [...places].reverse()) this.push(place === 0 ? 0 : table - place, 2);
    this.push(table - start, 2);
    this.push((places.length + 2) * 2, 2);
    new DataView(this.bytes.buffer).setInt32(this.bytes.length - table, this.used - table, true);
    return table;
  }

  private offset(place: number): number {
    this.align(4, 0);
    return this.push(this.used - place + 4, 4);
  }

  private int32(value: number): number {
    this.align(4, 0);
    return this.push(value, 4);
  }

  /** Zeros, until what comes behind `more` bytes lies at a multiple of `size`. */
  private align(size: number, more: number): void {
    this.largest = Math.max(this.largest, size);
    while ((this.used + more) % size > 0) this.push(0, 1);
  }

  private push(value: number, size: 1 | 2 | 4 | 8): number {
    const { buffer, byteOffset } = this.take(size);
    const view = new DataView(buffer, byteOffset, size);
    if (size === 8) view.setBigInt64(0, BigInt(value), true);
    else if (size === 4) view.setInt32(0, value, true);
    else if (size === 2) view.setInt16(0, value, true);
    else view.setInt8(0, value);
    return this.used;
  }

  private take(count: number): Uint8Array {
    if (this.used + count > this.bytes.length) {
      const larger = new Uint8Array(2 * (this.bytes.length + count));
      larger.set(this.bytes, larger.length - this.bytes.length);
      this.bytes = larger;
    }
    this.used += count;
    return this.bytes.subarray(this.bytes.length - this.used, this.bytes.length - this.used + count);
  }
}

interface Field {
  readonly size: 1 | 2 | 8 | 'offset';
  readonly value: number;
}
