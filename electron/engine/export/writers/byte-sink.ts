const least = 1 << 20;

/** Bytes one behind another, in one buffer that grows: fresh memory costs more than what is written into it. */
export class ByteSink {
  private buffer: Buffer;
  private at = 0;

  /** `into`: memory to begin with. */
  constructor(into?: ArrayBuffer) {
    this.buffer = into ? Buffer.from(into) : Buffer.alloc(0);
  }

  get length(): number {
    return this.at;
  }

  /** Appends a text as UTF-8; answers how many bytes that are. */
  text(text: string): number {
    // A character of JavaScript is three bytes at most: where there is room for that, they need not be counted first.
    this.ensure(text.length * 3 <= this.buffer.length - this.at ? 0 : Buffer.byteLength(text));
    const written = this.buffer.write(text, this.at, 'utf8');
    this.at += written;
    return written;
  }

  byte(byte: number): void {
    this.ensure(1);
    this.buffer[this.at++] = byte;
  }

  bytes(bytes: Uint8Array): void {
    this.ensure(bytes.length);
    this.buffer.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** Appends a value behind its length, in four bytes of which the first is the lowest. */
  sized(value: string | Uint8Array): void {
    this.ensure(4);
    const start = this.at;
    this.at += 4;
    if (typeof value === 'string') this.text(value);
    else this.bytes(value);
    this.buffer.writeUInt32LE(this.at - start - 4, start);
  }

  /** What was appended, until more is. */
  written(): Buffer {
    return this.buffer.subarray(0, this.at);
  }

  /** Begins anew, in the same memory where that is no more than `kept` bytes. */
  clear(kept: number): void {
    this.at = 0;
    if (this.buffer.length > kept) this.buffer = Buffer.alloc(0);
  }

  private ensure(more: number): void {
    if (more <= this.buffer.length - this.at) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(least, this.at + more, this.buffer.length * 2));
    grown.set(this.buffer.subarray(0, this.at));
    this.buffer = grown;
  }
}
