import type { FuzzFile } from './check.ts';

const mark = '\ufeff';
const rows = {
  plain: '{"reward":0.25,"a":[1,-2.5e3,true],"id":"x","n":null}',
  escapes: '{"s":"\\u00e9\\ud83d\\ude00\\\\\\"\\/","\\u0061":"\\ud800","t":"\\\\"}',
  utf8: '{"é":"漢字😀é","x":"\u0800\uffff\u{10ffff}"}',
  facts:
    '{"response":{"output":[{"role":"user","content":"é?"},{"type":"function_call"},{"content":[{"text":"\\u0021"}],"role":"assistant"}]}}',
  twice: '{"a":{"b":1},"a":"last","response":{"usage":{"t":1}},"response":{"usage":{"t":20}}}',
  numbers: '{"a":9007199254740993,"b":1e400,"c":0.30000000000000004,"d":-0,"e":123456789012345678901e-25}',
  // Escapes at the end of stripes of 32 bytes, which hashes take at once.
  hashed: `{"responses_create_params":{"input":"${'x'.repeat(31)}\\u0041${'y'.repeat(26)}\\u0042"}}`,
  bad: [
    '{"a":tru}',
    '{"a":"\x01"}',
    '{"a":"\\u00zz"}',
    '{"a":"\\u',
    '{"response":{"output":[{"role":"user"}],"model":"m"},}',
    '{"a":"open',
    '[1,2]',
    '{"a":1}}',
    'NaN',
    '{"a":-Infinity}',
  ],
};

/** Small files with every kind of line end. */
const files: readonly Buffer[] = [
  [rows.plain, rows.escapes, rows.utf8].join('\n'),
  rows.hashed,
  mark + [rows.facts, '', rows.twice, ' \t', rows.numbers, ''].join('\r\n'),
  [...rows.bad.flatMap((bad) => [bad, rows.plain]), rows.utf8.slice(0, -4)].join('\n'),
  `\n\r\n${rows.escapes}\r\r\n \n${rows.facts}   \n\n`,
  `${mark}\n${rows.twice}\n${'z'.repeat(300)}\n${rows.numbers}`,
].map((text) => Buffer.from(text));

/** Sequences that are cut, by a quote or by the end of the file; blocks around them hold nothing but ASCII. */
const badUtf8 = Buffer.concat(
  ['c3', 'e0a0', 'e6bc', 'f09f98', 'f09f'].map((hex, i, all) => {
    const end = i === all.length - 1 ? '' : `"}\n${rows.plain}\n${rows.plain}\n`;
    return Buffer.concat([Buffer.from('{"a":"'), Buffer.from(hex, 'hex'), Buffer.from(end)]);
  }),
);

/** Every place at which a small file can be cut into ranges, and every place at which a chunk can end in it. */
export function* borderFiles(): Generator<FuzzFile, void> {
  for (const file of [...files, badUtf8]) {
    for (let cut = 0; cut <= file.length; cut++) yield { file, chunkBytes: 64, label: 'cut into ranges', cuts: [cut] };
    // The blanks belong to the first line, so that of every byte each place in a chunk is met.
    for (let pad = 1; pad < 64; pad++) {
      const padded = Buffer.concat([Buffer.from(' '.repeat(pad)), file]);
      for (const chunkBytes of [64, 128]) yield { file: padded, chunkBytes, label: `after ${pad} blanks` };
      yield { file: padded.subarray(0, file.length), chunkBytes: 64, label: `after ${pad} blanks, cut` };
    }
  }
}
