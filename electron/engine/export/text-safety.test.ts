import { expect, test } from 'vitest';
import { parseJson } from '#shared/model/json.ts';
import { hasLoneSurrogate, isPlain, unsafeValue } from './text-safety.ts';

test.each(['"text 你好 😀"', '{"a":[1,-2,true,null,{"b":"c"}],"n":999999999999999}', '[]'])('%s is plain', (json) => {
  expect(isPlain(parseJson(json))).toBe(true);
  expect(unsafeValue(parseJson(json))).toBeUndefined();
});

test.each(['"\\ud83d"', '{"a":{"\\ude00":1}}', '[["\\ude00\\ud83d"]]'])('%s holds half a surrogate pair', (json) => {
  expect(isPlain(parseJson(json))).toBe(false);
  expect(hasLoneSurrogate(parseJson(json))).toBe(true);
  expect(unsafeValue(parseJson(json))).toBe('mapping/lone-surrogate');
});

test.each(['1.0', '[0.5]', '{"a":1e400}', '1000000000000000', '9007199254740993', '-0', '1e-320'])(
  '%s may be read as another number: it is looked at more closely',
  (json) => {
    expect(isPlain(parseJson(json))).toBe(false);
  },
);
