/** Reads up to `length` bytes at `position` into `into` at `at`, and returns how many; fewer are legal, 0 is the end. */
export type ReadAt = (into: Uint8Array, at: number, length: number, position: number) => number;

/** The file ended before its size: it was changed while it was read. */
export class FileShrank extends Error {}

/** `length` bytes from an offset on, which the file must have. */
export function readFully(read: ReadAt, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const got = read(bytes, done, length - done, offset + done);
    if (got === 0) throw new FileShrank();
    done += got;
  }
  return bytes;
}
