import { Buffer } from 'node:buffer';
import { BrokenSave, type Stored, type StoredFields } from '../saved/index.ts';

/** Texts as they are saved: one after the other, with the UTF-16 unit at which each of them ends. */
export interface PackedTexts {
  readonly isUtf8: boolean;
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

/** Texts with a lone surrogate, which UTF-8 cannot say, are packed in UTF-16. */
export function packTexts(texts: readonly string[]): PackedTexts {
  let end = 0;
  const ends = Uint32Array.from(texts, (text) => (end += text.length));
  const all = texts.join('');
  const isUtf8 = !/\p{Surrogate}/u.test(all);
  return { isUtf8, bytes: new Uint8Array(Buffer.from(all, isUtf8 ? 'utf8' : 'utf16le')), ends };
}

export function unpackTexts({ isUtf8, bytes, ends }: PackedTexts): string[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(isUtf8 ? 'utf8' : 'utf16le');
  return Array.from(ends, (end, i) => all.slice(i === 0 ? 0 : ends[i - 1], end));
}

export function savedTexts(texts: readonly string[]): Stored {
  const { isUtf8, bytes, ends } = packTexts(texts);
  return { isUtf8, bytes, ends };
}

/** Fails with BrokenSave. */
export function readTexts(fields: StoredFields): PackedTexts {
  const ends = fields.words('ends');
  if (ends.some((end, i) => end < (ends[i - 1] ?? 0))) throw new BrokenSave('texts');
  return { isUtf8: fields.flag('isUtf8'), bytes: fields.bytes('bytes'), ends };
}
