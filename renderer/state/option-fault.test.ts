import { expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { TargetOption } from '#shared/model/target.ts';
import { initialExport } from './export-state.ts';
import { optionFault } from './option-fault.ts';

const metric: TargetOption = { key: 'metric', step: 'sampling', title: 'Compare by', help: '', kind: 'column', default: 'reward' };
const fields: TargetOption = { key: 'fields', step: 'mapping', title: 'Fields', help: '', kind: 'fields', default: {} };
const state = { ...initialExport, options: { fields: { text: 'text(a', n: 'text(ab' } } };
const fault = (message: string, option: TargetOption) => optionFault(state, new AppError('bad-input', message), option);

test('what a plan says of an option is a sentence, without the key of the option', () => {
  expect(fault('metric: there is no column rewrd.', metric)).toEqual({ words: 'There is no column rewrd.' });
  expect(fault('metric: there is no column rewrd.', fields)).toBeNull();
  expect(optionFault(state, new AppError('changed', 'metric: changed.'), metric)).toBeNull();
  expect(optionFault(state, null, metric)).toBeNull();
});

test('a path that is wrong is named by its field, and not written again', () => {
  expect(fault('fields: text(ab: expected , or ).', fields)).toEqual({ field: 'n', words: 'Expected , or ).' });
  expect(fault('fields: there is no function foo.', fields)).toEqual({ words: 'There is no function foo.' });
});
