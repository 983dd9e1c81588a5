/** A buffer of a long line is not kept. */
const keptBytes = 8 << 20;

/**
 * Buffers that go to threads and come back full, to be used again: fresh memory has to be cleared by the system first, and
 * its end is noticed by a collection of garbage.
 */
export class SpareBuffers {
  private readonly spare: ArrayBuffer[] = [];

  /** One of at least so many bytes. */
  take(bytes: number): ArrayBuffer {
    const found = this.spare.findIndex(({ byteLength }) => byteLength >= bytes);
    const [buffer] = found < 0 ? [] : this.spare.splice(found, 1);
    return buffer ?? new ArrayBuffer(bytes);
  }

  /** The whole buffer of bytes that are needed no more. */
  give({ buffer }: Uint8Array): void {
    if (buffer instanceof ArrayBuffer && buffer.byteLength <= keptBytes) this.spare.push(buffer);
  }
}
