import { expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { parseOptions, resolveOptions } from './options.ts';
import { targetOf, targets } from './targets.ts';

const { info: sft } = targetOf('trl/sft');
const { info: map } = targetOf('custom/map');

test('options of the command line, each in its kind', () => {
  expect(parseOptions(sft, ['format=jsonl', 'validation=0.1', 'shuffle=true', 'best-per-task=2', 'metric=accuracy'])).toEqual({
    format: 'jsonl',
    validation: 0.1,
    shuffle: true,
    'best-per-task': 2,
    metric: 'accuracy',
  });
  expect(parseOptions(map, ['field.text=response.output', 'field.r=a=b'])).toEqual({ fields: { text: 'response.output', r: 'a=b' } });
  expect(parseOptions(map, [])).toEqual({});
});

test.each([
  ['trl/sft', 'fromat=jsonl', 'trl/sft has no option fromat. Did you mean format?'],
  ['trl/sft', 'format=jsonlines', 'format: "jsonlines" is none of its values. It takes parquet, jsonl.'],
  ['trl/sft', 'reasoning=inlin', 'reasoning: "inlin" is none of its values. Did you mean inline?'],
  ['trl/sft', 'shuffle=yes', 'shuffle: write true or false.'],
  ['trl/sft', 'seed=1.5', 'seed: write a whole number from 0 to 4294967295.'],
  ['trl/sft', 'validation=0.9', 'validation: write a number from 0 to 0.5.'],
  ['trl/sft', 'validation=', 'validation: write a number from 0 to 0.5.'],
  ['trl/sft', 'format', '--set format: write KEY=VALUE, as in --set reasoning=inline.'],
  ['trl/sft', 'field.a=b', 'trl/sft has no option field.a.'],
  ['custom/map', 'fields=a', 'Name the fields one by one'],
  ['custom/map', 'field.=b', 'fields: name at least one field and its path.'],
])('%s --set %s', (target, assignment, message) => {
  expect(() => parseOptions(targetOf(target).info, [assignment])).toThrow(message);
});

test('a recipe is checked as well, and filled with the defaults', () => {
  expect(resolveOptions(sft, { format: 'jsonl' }).values).toMatchObject({ format: 'jsonl', reasoning: 'inline', 'max-length': 0 });
  expect(() => resolveOptions(sft, { shuffle: 'true' })).toThrow(AppError);
  expect(() => resolveOptions(map, { fields: {} })).toThrow('name at least one field');
  expect(() => targetOf('trl/stf')).toThrow('There is no target trl/stf. Did you mean trl/sft or trl/kto?');
});

test('every default passes its own check', () => {
  for (const { info } of targets)
    expect(resolveOptions(info, Object.fromEntries(info.options.map(({ key, default: value }) => [key, value])))).toBeDefined();
});
