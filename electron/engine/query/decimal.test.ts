import { expect, test } from 'vitest';
import { compareDecimals } from './decimal.ts';
import { compareCodePoints } from './code-points.ts';

test.each([
  ['9007199254740993', '9007199254740992', 1],
  ['-9007199254740993', '-9007199254740992', -1],
  ['1e400', '9.9e399', 1],
  ['1e400', '10.0e399', 0],
  ['-1e400', '0', -1],
  ['0.0', '-0e5', 0],
  ['123', '1.23e2', 0],
  ['0.00123', '12.3e-4', 0],
  ['1e-400', '0', 1],
  ['12', '9', 1],
  ['.5', '0.50', 0],
])('%s against %s', (a, b, sign) => {
  expect(Math.sign(compareDecimals(a, b))).toBe(sign);
  expect(Math.sign(compareDecimals(b, a))).toBe(sign === 0 ? 0 : -sign);
});

test('code points order as UTF-8 bytes do', () => {
  const texts = ['', 'a', 'ab', 'b', '\ue000', '～', '\u{1f600}', '\u{1f600}a', '\u{1f601}', 'ä', 'Z'];
  const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect([...texts].sort(compareCodePoints)).toEqual(byBytes);
});
