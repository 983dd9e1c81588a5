/** A buffer of a long line is not kept. */
const mostKept = 8 << 20;

/**
 * Buffers that go to threads and come back full, to be used again: fresh memory has to be cleared by the system first, and
 * its end is noticed by a collection of garbage.
 */
export class SpareBuffers {
  private readonly spare: ArrayBuffer[] = [];

  /** `bytes`: what is enough for most. */
  constructor(private readonly bytes: number) {}

  take(bytes = 0): ArrayBuffer {
    return (bytes > this.bytes ? undefined : this.spare.pop()) ?? new ArrayBuffer(Math.max(bytes, this.bytes));
  }

  /** The whole buffer of bytes that are needed no more. */
  give({ buffer }: Uint8Array): void {
    if (buffer instanceof ArrayBuffer && buffer.byteLength >= this.bytes && buffer.byteLength <= mostKept) this.spare.push(buffer);
  }
}
