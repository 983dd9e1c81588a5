/** Reads up to `length` bytes at `position` into `into` at `at`, and returns how many; fewer are legal, 0 is the end. */
export type ReadAt = (into: Uint8Array, at: number, length: number, position: number) => number;

/** The file ended before its size: it was changed while it was read. */
export class FileShrank extends Error {}

/** `length` bytes from an offset on, which the file must have. */
export function readFully(read: ReadAt, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  readInto(read, bytes, offset);
  return bytes;
}

/** Fills `bytes` from an offset on; the file must have as many. */
export function readInto(read: ReadAt, bytes: Uint8Array, offset: number): void {
  for (let done = 0; done < bytes.length;) {
    const got = read(bytes, done, bytes.length - done, offset + done);
    if (got === 0) throw new FileShrank();
    done += got;
  }
}
