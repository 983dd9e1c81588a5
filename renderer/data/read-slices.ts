/**
 * A text of `bytes` UTF-8 bytes, read in slices of at most `sliceBytes`. A slice may end inside a character, which then
 * arrives as U+FFFD: it is dropped, and its bytes are read again with the next slice. A text that really holds undecodable
 * bytes comes out as its slices have it.
 */
export async function readSlices(
  read: (start: number, end: number) => Promise<string>,
  bytes: number,
  sliceBytes: number,
): Promise<string> {
  const encoder = new TextEncoder();
  const slices: string[] = [];
  for (let start = 0; start < bytes;) {
    const end = Math.min(bytes, start + sliceBytes);
    const text = await read(start, end);
    const whole = end < bytes ? text.replace(/\uFFFD$/, '') : text;
    const length = encoder.encode(whole).length;
    slices.push(whole);
    // Bytes that were replaced count differently: then the slice is taken as it is.
    start = end < bytes && length > sliceBytes - 4 && length <= end - start ? start + length : end;
  }
  return slices.join('');
}
