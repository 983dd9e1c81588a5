import { expect, test } from 'vitest';
import { parseArguments } from './arguments.ts';

const specs = {
  json: { kind: 'flag', about: '' },
  where: { kind: 'value', value: 'EXPR', about: '' },
  set: { kind: 'list', value: 'KEY=VALUE', about: '' },
  line: { kind: 'integer', value: 'N', about: '', min: 1 },
  port: { kind: 'integer', value: 'N', about: '', max: 65_535 },
} as const;
const parse = (...words: string[]) => parseArguments(words, specs);

test('options stand anywhere, with = or a space; the rest are operands in order', () => {
  const args = parse('a.jsonl', '--where', 'reward >= 0.5', '-', '--set', 'a=1', '--json', '--set=b=c=d', '--line=12', 'b.jsonl');
  expect(args.operands).toEqual(['a.jsonl', '-', 'b.jsonl']);
  expect(args.value('where')).toBe('reward >= 0.5');
  expect(args.list('set')).toEqual(['a=1', 'b=c=d']);
  expect(args.flag('json')).toBe(true);
  expect(args.integer('line')).toBe(12);
});

test('what was not given is absent, and after -- all are operands', () => {
  const args = parse('--', '--json', '-x');
  expect(args.operands).toEqual(['--json', '-x']);
  expect([args.flag('json'), args.value('where'), args.list('set'), args.integer('line')]).toEqual([false, undefined, [], undefined]);
});

test('a value may begin with a minus sign, or be empty after =', () => {
  expect(parse('--where', '-1').value('where')).toBe('-1');
  expect(parse('--where=').value('where')).toBe('');
});

test.each([
  [['--jason'], 'There is no option --jason here. Did you mean --json?'],
  [['--wher=x'], 'There is no option --wher here. Did you mean --where?'],
  [['-json'], 'There is no option -json here. Did you mean --json?'],
  [['--frobnicate'], 'There is no option --frobnicate here.'],
  [['--constructor'], 'There is no option --constructor here.'],
  [['--where'], '--where needs a value: --where EXPR.'],
  [['--where', '--json'], '--where needs a value: --where EXPR.'],
  [['--json=yes'], '--json takes no value.'],
  [['--where=a', '--where', 'b'], '--where was given twice.'],
  [['--line', '0'], '--line needs a whole number from 1 on, not "0".'],
  [['--line', '1.5'], '--line needs a whole number from 1 on, not "1.5".'],
  [['--line=x'], '--line needs a whole number from 1 on, not "x".'],
  [['--port', '65536'], '--port needs a whole number from 0 to 65535, not "65536".'],
  [['--line='], '--line needs a whole number from 1 on, not "".'],
])('%j is refused: %s', (words, message) => {
  expect(() => parse(...words)).toThrow(message);
});
