import { expect, test } from 'vitest';
import type { Expression, Literal, Operand } from './ast.ts';
import { parseExpression } from './parser.ts';
import { printExpression } from './printer.ts';

/** mulberry32: a seeded stream of numbers in [0, 1). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const at = { start: 0, end: 0 };

function generator(seed: number) {
  const random = seeded(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const strings = ['', 'a', 'it\'s "quoted"', 'back\\slash', 'new\nline', '`', '🙂', '\u2028', '/x/', 'and'];
  const names = [
    'reward',
    'usage.output_tokens',
    'and',
    'In',
    'a b',
    '`',
    'group.mean',
    'x-y',
    'größe',
    '1st',
    '',
    'text',
    'a.1',
    'Star',
    'min',
    'rank',
    'has',
    'a[0].b',
  ];
  const named = (): Operand =>
    random() < 0.2 ? { ...at, kind: 'group', figure: pick(['mean', 'signal'] as const) } : { ...at, kind: 'column', name: pick(names) };
  const operand = (depth = random() < 0.3 ? 3 : 0): Operand => {
    if (depth === 0) return named();
    const part = (): Operand => (random() < 0.3 ? number() : operand(Math.floor(random() * depth)));
    return pick<() => Operand>([
      named,
      () => ({ ...at, kind: 'rank' }),
      () => ({ ...at, kind: 'group', figure: pick(['std', 'count', 'pass@4'] as const), of: part() }),
      () => ({ ...at, kind: 'negative', part: part() }),
      () => ({ ...at, kind: 'arithmetic', sign: pick(['+', '-', '*', '/'] as const), left: part(), right: part() }),
      () => ({ ...at, kind: 'call', function: pick(['min', 'max'] as const), parts: [part(), part()] }),
      () => ({ ...at, kind: 'call', function: pick(['abs', 'round', 'log'] as const), parts: [part()] }),
    ])();
  };
  const number = (): Literal & { kind: 'number' } => {
    const text = pick(['0', '-1', '0.5', '1e300', '9007199254740993', '-2.5E-7', '.25']);
    return { ...at, kind: 'number', value: Number(text), text };
  };
  const string = (): Literal & { kind: 'string' } => ({ ...at, kind: 'string', value: pick(strings) });
  const literal = (): Literal => pick([number, string, (): Literal => ({ ...at, kind: 'boolean', value: random() < 0.5 })])();
  const ordered = () => pick([number, string])();
  const several = (make: () => Expression): Expression[] => Array.from({ length: 2 + Math.floor(random() * 2) }, make);
  const expression = (depth: number): Expression => {
    if (depth > 0 && random() < 0.6) {
      const deeper = (): Expression => expression(depth - 1);
      const kind = pick(['and', 'or', 'not'] as const);
      return kind === 'not' ? { ...at, kind, part: deeper() } : { ...at, kind, parts: several(deeper) };
    }
    const common = { ...at, operand: operand() };
    return pick<() => Expression>([
      () => ({ ...common, kind: 'equal', negated: random() < 0.5, value: literal() }),
      () => ({ ...common, kind: 'order', operator: pick(['<', '<=', '>', '>='] as const), value: ordered() }),
      () => ({ ...common, kind: 'between', low: ordered(), high: ordered() }),
      () => ({ ...common, kind: 'in', values: [literal(), literal()] }),
      () => ({ ...common, kind: 'match', pattern: { ...at, kind: 'contains', text: pick(strings) } }),
      () => ({
        ...common,
        kind: 'match',
        pattern: { ...at, kind: 'regex', source: pick(['a|b', '[/]', '\\/', '^\\d+$']), flags: pick(['', 'i', 'su']) },
      }),
      () => ({ ...common, kind: pick(['is-true', 'missing', 'null'] as const) }),
      () => ({ ...at, kind: 'star' }),
      () => ({ ...at, kind: 'has-tool', name: string() }),
      () => ({ ...at, kind: 'problem', rule: string() }),
      () => ({ ...at, kind: 'tag', tag: string() }),
      () => ({ ...at, kind: 'text', pattern: { ...at, kind: 'contains', text: pick(strings) } }),
    ])();
  };
  return expression;
}

/** The tree with every span set to [0, 0). */
function withoutSpans(expression: Expression): unknown {
  return JSON.parse(JSON.stringify(expression, (key, value: unknown) => (key === 'start' || key === 'end' ? 0 : value)));
}

test('what is printed parses back to the same tree', () => {
  const make = generator(7);
  for (let i = 0; i < 3000; i++) {
    const tree = make(4);
    const text = printExpression(tree);
    expect(withoutSpans(parseExpression(text)), text).toEqual(tree);
  }
});

test('prints plainly what needs no quoting', () => {
  expect(printExpression(parseExpression('((reward==1)) and (a or `b`)'))).toBe('reward = 1 and (a or b)');
  expect(printExpression(parseExpression('not (not a) or x in (1,"b")'))).toBe('not not (a) or x in (1, "b")');
});
