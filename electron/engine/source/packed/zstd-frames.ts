/** What stands where a frame should begin. */
export class NoFrame extends Error {}

const frameMagic = 0xfd2fb528;
const isSkippable = (magic: number): boolean => (magic & 0xfffffff0) >>> 0 === 0x184d2a50;

/** Bytes of a frame, of one block at most. */
export interface FramePiece {
  readonly bytes: Uint8Array;
  /** The frame ends with them. */
  readonly isEnd: boolean;
}

type Part = 'magic' | 'descriptor' | 'header' | 'block' | 'body' | 'checksum' | 'skip-size' | 'skipped';

/**
 * Follows the frames of a zstd file (RFC 8878 §3.1) without unpacking them: decoders stop at frames that hold no data, and end
 * without a word where a file is cut or goes on with something else.
 */
export class ZstdFrames {
  private part: Part = 'magic';
  /** Bytes of a field of fixed length that have come so far, and how many it has. */
  private field: number[] = [];
  private fieldLength = 4;
  /** Bytes of a body, or of something skipped, that are still to come. */
  private left = 0;
  private hasChecksum = false;
  private isLastBlock = false;
  /** Of a block, as far as it has come. */
  private pending: Uint8Array[] = [];

  /** No frame has been begun and not ended. */
  get isBetweenFrames(): boolean {
    return this.part === 'magic' && this.field.length === 0;
  }

  /** The frames that hold data, in pieces. Fails with NoFrame. */
  *push(chunk: Uint8Array): Generator<FramePiece, void> {
    let at = 0;
    while (at < chunk.length) {
      if (this.left > 0) {
        const body = chunk.subarray(at, at + this.left);
        at += body.length;
        this.left -= body.length;
        if (this.part === 'body') this.pending.push(body);
        if (this.left === 0) this.endOfBody();
      } else {
        this.field.push(chunk[at++] ?? 0);
        if (this.field.length === this.fieldLength) this.endOfField();
      }
      if (this.pending.length > 0 && this.isBetweenBlocks) yield this.take();
    }
    if (this.pending.length > 0) yield this.take();
  }

  private get isBetweenBlocks(): boolean {
    return (this.part === 'block' || this.part === 'magic') && this.field.length === 0;
  }

  private take(): FramePiece {
    const pieces = this.pending;
    this.pending = [];
    const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return { bytes, isEnd: this.part === 'magic' };
  }

  private endOfField(): void {
    const { field } = this;
    this.field = [];
    if (this.part !== 'skip-size' && !(this.part === 'magic' && isSkippable(little(field)))) this.pending.push(Uint8Array.from(field));
    const [first = 0] = field;
    switch (this.part) {
      case 'magic':
        if (isSkippable(little(field))) return this.expect('skip-size', 4);
        if (little(field) !== frameMagic) throw new NoFrame();
        return this.expect('descriptor', 1);
      case 'descriptor':
        this.hasChecksum = (first & 4) !== 0;
        return this.expectHeader(first);
      case 'header':
        return this.expect('block', 3);
      case 'block':
        return this.expectBody(little(field));
      case 'skip-size':
        this.part = 'skipped';
        this.left = little(field);
        if (this.left === 0) this.endOfBody();
        return;
      default:
        return this.expect('magic', 4);
    }
  }

  private endOfBody(): void {
    if (this.part === 'skipped') this.expect('magic', 4);
    else if (!this.isLastBlock) this.expect('block', 3);
    else if (this.hasChecksum) this.expect('checksum', 4);
    else this.expect('magic', 4);
  }

  private expect(part: Part, length: number): void {
    this.part = part;
    this.fieldLength = length;
  }

  private expectHeader(descriptor: number): void {
    const isSingleSegment = (descriptor & 0x20) !== 0;
    const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
    // There is a window descriptor or a content size, so never nothing.
    this.expect('header', (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes);
  }

  private expectBody(header: number): void {
    this.isLastBlock = (header & 1) !== 0;
    const type = (header >> 1) & 3;
    this.part = 'body';
    this.left = type === 1 ? 1 : header >> 3;
    if (this.left === 0) this.endOfBody();
  }
}

function little(bytes: readonly number[]): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
