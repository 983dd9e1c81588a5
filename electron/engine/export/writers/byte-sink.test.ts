import { expect, test } from 'vitest';
import { ByteSink } from './byte-sink.ts';

const texts = ['', 'a', 'ü€𝄞', 'x'.repeat(3000), '€'.repeat(400_000), `${'y'.repeat(2 << 20)}ß`];

test.each([undefined, new ArrayBuffer(0), new ArrayBuffer(5000), new ArrayBuffer(8 << 20)])(
  'bytes and texts one behind another, whatever memory it begins with',
  (into) => {
    const sink = new ByteSink(into);
    for (let round = 0; round < 2; round++) {
      sink.clear(1 << 20);
      for (const text of texts) {
        expect(sink.text(text)).toBe(Buffer.byteLength(text));
        sink.bytes(Uint8Array.of(10));
      }
      expect(Buffer.compare(sink.written(), Buffer.from(texts.map((text) => `${text}\n`).join('')))).toBe(0);
    }
  },
);
