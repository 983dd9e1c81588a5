import type { Random } from '../generate/random.ts';

const pieces = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"',
  '\\',
  '\\"',
  '\\\\',
  '\\u',
  '\\ud800',
  '\\u00e9',
  '\\n',
  '0',
  '-',
  '.',
  'e',
  'E+',
  '1e5',
  'true',
  'null',
  'nul',
  ' ',
  '	',
  '\r',
  '\n',
  '\0',
  '',
  '\f',
  '',
  '',
  '/',
  'é',
  '漢',
  '😀',
  'NaN',
  '-Infinity',
  '<PLACEHOLDER',
  '[[[[',
  ']]]]',
  '{"a":',
  '123456789012345678901234567890',
  '1e400',
  '0.1e-7',
  '""',
  '"reward":1.5,',
  '"response":{},',
  '"usage":{"input_tokens":3},',
  '"type":"message",',
  '"role":"user",',
  '"content":"x",',
  '"output":[{"type":"message","role":"user"}],',
  '"input":"s",',
  '[{"role":"user"}],',
].map((piece) => Buffer.from(piece));

const sequences = [
  '80',
  'bf',
  'c0af',
  'c1bf',
  'c2',
  'e08080',
  'e09fbf',
  'eda080',
  'edbfbf',
  'e0a0',
  'f0808080',
  'f08fbfbf',
  'f4908080',
  'f5808080',
  'f09f98',
  'ff',
  'fe',
  'efbbbf',
  'efbfbf',
  'f48fbfbf',
  'c3a9',
  'e6bca2',
  'f09f9880',
].map((piece) => Buffer.from(piece, 'hex'));

const structural = Buffer.from('{}[]:,"\\');

/** The line with one to three small harms. */
export function mutate(line: Buffer<ArrayBuffer>, random: Random): Buffer<ArrayBuffer> {
  let mutated = Buffer.from(line);
  for (let times = random.int(1, 3); times > 0 && mutated.length > 0; times--) mutated = harm(mutated, random);
  return mutated;
}

function harm(line: Buffer<ArrayBuffer>, random: Random): Buffer<ArrayBuffer> {
  const at = random.int(0, line.length - 1);
  const insert = (piece: Buffer, dropped = 0): Buffer<ArrayBuffer> =>
    Buffer.concat([line.subarray(0, at), piece, line.subarray(at + dropped)]);
  switch (random.int(0, 9)) {
    case 0:
      line.writeUInt8(line.readUInt8(at) ^ (1 << random.int(0, 7)), at);
      return line;
    case 1:
      line.writeUInt8(random.int(0, 255), at);
      return line;
    case 2:
      return insert(Buffer.alloc(0), random.int(1, 4));
    case 3:
    case 4:
      return insert(random.pick(pieces));
    case 5:
      return line.subarray(0, at);
    case 6:
    case 7:
      return insert(random.pick(sequences));
    case 8:
      return insert(line.subarray(at, at + random.int(0, 60)));
    default:
      return harmStructure(line, at, random);
  }
}

/** Something next to a structural byte, where the grammar is. */
function harmStructure(line: Buffer<ArrayBuffer>, from: number, random: Random): Buffer<ArrayBuffer> {
  let at = from;
  while (at < line.length && !structural.includes(line.readUInt8(at))) at++;
  return Buffer.concat([line.subarray(0, at), random.pick(pieces), line.subarray(at + random.int(0, 1))]);
}
