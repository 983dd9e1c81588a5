import { AppError } from '#shared/errors.ts';
import type { Source } from './source.ts';

const lookBytes = 64 << 10;

interface Format {
  readonly name: string;
  readonly magic: readonly number[];
  /** What to do, given the file's path. */
  readonly remedy: (file: string) => string;
}

const bytesOf = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));
const wantsText = (): string => 'Rollscope reads text: one JSON object a line.';

const formats: readonly Format[] = [
  { name: 'gzip-compressed', magic: [0x1f, 0x8b], remedy: (file) => `Unpack it first: gunzip -k ${file}` },
  { name: 'zstd-compressed', magic: [0x28, 0xb5, 0x2f, 0xfd], remedy: (file) => `Unpack it first: unzstd ${file}` },
  { name: 'bzip2-compressed', magic: bytesOf('BZh'), remedy: (file) => `Unpack it first: bunzip2 -k ${file}` },
  { name: 'xz-compressed', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], remedy: (file) => `Unpack it first: unxz -k ${file}` },
  { name: 'a zip archive', magic: [0x50, 0x4b, 3, 4], remedy: (file) => `Unpack it first: unzip ${file}` },
  { name: 'a 7z archive', magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], remedy: () => 'Unpack it first.' },
  { name: 'a Parquet file', magic: bytesOf('PAR1'), remedy: wantsText },
  { name: 'an Arrow file', magic: bytesOf('ARROW1'), remedy: wantsText },
  { name: 'a PDF', magic: bytesOf('%PDF'), remedy: wantsText },
  { name: 'an SQLite database', magic: bytesOf('SQLite format 3'), remedy: wantsText },
  { name: 'text in UTF-16', magic: [0xff, 0xfe], remedy: (file) => `Convert it first: iconv -f UTF-16 -t UTF-8 ${file} > utf8.jsonl` },
  { name: 'text in UTF-16', magic: [0xfe, 0xff], remedy: (file) => `Convert it first: iconv -f UTF-16 -t UTF-8 ${file} > utf8.jsonl` },
];

/** Refuses with `not-rollouts` what cannot be lines of JSON: nothing, only blanks, a known binary format, NUL bytes. */
export function checkFirstLook(file: string, size: number, read: Source['read']): void {
  if (size === 0) throw notRollouts(`${file} is empty. Choose a file with one rollout a line; the writer of this one may have failed.`);
  const look = new Uint8Array(Math.min(size, lookBytes));
  const bytes = look.subarray(0, read(look, 0, look.length, 0));

  const format = formats.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte));
  if (format) throw notRollouts(`${file} is ${format.name}. ${format.remedy(file)}`);

  const first = bytes.subarray(beginsWithBom(bytes) ? 3 : 0).find((byte) => !isBlank(byte));
  if (first === undefined && bytes.length === size) throw onlyBlankLines(file);
  // A file of rollouts may hold NULs where a machine went down while writing: those lines are invalid, the others fine.
  const nul = first === 0x7b ? -1 : bytes.indexOf(0);
  if (nul >= 0) throw notRollouts(`${file} is a binary file: byte ${nul} is NUL. Choose a text file with one JSON object a line.`);
}

export function onlyBlankLines(file: string): AppError {
  return notRollouts(`${file} holds only blank lines. Choose a file with one rollout a line.`);
}

function notRollouts(message: string): AppError {
  return new AppError('not-rollouts', message);
}

function beginsWithBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
