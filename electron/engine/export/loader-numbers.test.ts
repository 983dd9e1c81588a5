import { expect, test } from 'vitest';
import { parseJson, writeJson } from '#shared/model/json.ts';
import { holdsTinyNumber, withReadableNumbers } from './loader-numbers.ts';

/** As ujson reads a number in its quick mode: createDouble of pandas ultrajsondec.c. */
function quickly(text: string): number {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (BigInt(whole) >= 2n ** 64n) throw new RangeError('Value is too big!');
  const kept = fraction.slice(0, 15);
  const size = Number(whole) + Number(kept) * Number(`1e-${kept.length}`);
  return (sign === '-' ? -size : size) * Number(`1e${exponent}`);
}

const written = (text: string): string => writeJson(withReadableNumbers(parseJson(text)));

test.each([
  ['0.00018234567890123456', '18.234567890123456e-5'],
  ['123456789012345678901234567890.5', '12.345678901234568e28'],
  ['0.0000000000000000000000000000001', '10.0e-32'],
  ['1.7976931348623157e308', '17.976931348623157e307'],
  ['-1.2345678901234567e-300', '-12.345678901234568e-301'],
  ['3.1622776601683795', '31.622776601683795e-1'],
  ['0e999', '0.0'],
  ['-0.00000000000000000', '-0.0'],
])('%s is read as the number it is', (text, expected) => {
  expect(written(text)).toBe(expected);
  expect(Number(expected)).toBe(Number(text));
  expect(Math.abs(quickly(expected) - Number(text))).toBeLessThanOrEqual(1e-15 * Math.abs(Number(text)));
});

test.each(['1', '1.0', '-0.0', '0.1', '1e5', '6.6743e-11', '1e22', '9007199254740993', '18446744073709551615', '-9223372036854775808'])(
  '%s stays as it is written',
  (text) => {
    expect(written(text)).toBe(text);
    expect(quickly(text)).toBe(Number(text));
  },
);

test('whole numbers beyond 64 bits are texts, in lists and objects too', () => {
  expect(written('{"a":[18446744073709551616,1],"b":-9223372036854775809}')).toBe(
    '{"a":["18446744073709551616",1],"b":"-9223372036854775809"}',
  );
});

test('what is too near to zero is found, in any depth; zero is not', () => {
  expect(holdsTinyNumber(parseJson('{"a":[1,{"b":5e-324}]}'))).toBe(true);
  expect(holdsTinyNumber(parseJson('[0,0.0,-0.0,1e-300,0e-400]'))).toBe(false);
});
