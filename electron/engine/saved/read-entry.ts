import { type FileHandle, open } from 'node:fs/promises';
import { inSlices } from '../jobs/index.ts';
import { decodeFrame, type FrameHead, headBytes, readHead } from './frame.ts';
import { BrokenSave, StoredFields } from './stored.ts';

/**
 * The frames of a saved entry in order, without the first, which names its key, and the last, which says that it is whole. Fails
 * with BrokenSave on anything that is not what we write, and with a system error; what came before it is good.
 */
export async function* readEntry(file: string, key: string): AsyncGenerator<StoredFields, void> {
  const handle = await open(file, 'r');
  const reader = new FrameReader(handle, (await handle.stat()).size);
  try {
    const first = await reader.next();
    if (first?.text('key') !== key) throw new BrokenSave('another key');
    while (true) {
      const frame = await reader.next();
      if (!frame) throw new BrokenSave('cut');
      if (frame.text('frame') === 'end') return;
      yield frame;
    }
  } finally {
    await reader.rest();
    await handle.close();
  }
}

/** Reads the bytes of the next frame while the caller works on the last. */
class FrameReader {
  private position = 0;
  private ahead: Promise<{ head: FrameHead; body: Uint8Array } | undefined>;

  constructor(
    private readonly handle: FileHandle,
    private readonly size: number,
  ) {
    this.ahead = this.readAhead();
  }

  async next(): Promise<StoredFields | undefined> {
    const read = await this.ahead;
    if (!read) return undefined;
    this.ahead = this.readAhead();
    return new StoredFields(await inSlices(decodeFrame(read.head, read.body)));
  }

  /** Waits for what is being read. */
  async rest(): Promise<void> {
    await this.ahead.catch(() => undefined);
  }

  private readAhead(): typeof this.ahead {
    const reading = this.read();
    // A failure is met when its turn comes; until then it is not unhandled.
    reading.catch(() => undefined);
    return reading;
  }

  private async read(): Promise<{ head: FrameHead; body: Uint8Array } | undefined> {
    const left = this.size - this.position - headBytes;
    if (left < 0) return undefined;
    const head = readHead(await this.bytes(headBytes), left);
    return { head, body: await this.bytes(head.bodyBytes) };
  }

  /** No more than the file holds is ever asked for. */
  private async bytes(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const { bytesRead } = await this.handle.read(bytes, at, length - at, this.position + at);
      if (bytesRead === 0) throw new BrokenSave('cut');
      at += bytesRead;
    }
    this.position += length;
    return bytes;
  }
}
