import { expect, test } from 'vitest';
import type { z } from 'zod';
import { seeded } from '../testing/rows.ts';
import { fromHash, linkHash, readLink, toHash } from './hash.ts';
import { initialView, viewState, type ViewState } from './view-state.ts';

interface Random {
  /** An integer in [min, max], both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

function random(seed: number): Random {
  const next = seeded(seed);
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    int,
    chance: (probability) => next() < probability,
    pick: (list) => list[int(0, list.length - 1)] as (typeof list)[number], // no list here is empty
  };
}

/** What tells a hash, JSON and names of columns from a string that only looks like one. */
const alphabet = [
  'a',
  'B',
  '7',
  ' ',
  '#',
  '&',
  '=',
  '%',
  '%41',
  '+',
  '"',
  '\\',
  '`',
  '\n',
  '\u0000',
  'ß',
  '字',
  '😀',
  '\ud800',
  '__proto__',
  '</script>',
];

function text(from: Random): string {
  return Array.from({ length: from.int(0, 6) }, () => from.pick(alphabet)).join('');
}

function number(from: Random, isInt: boolean): number {
  if (isInt) return from.pick([0, 1, from.int(0, 300), from.int(0, 2 ** 40), Number.MAX_SAFE_INTEGER]);
  // Never minus nothing: JSON has no such number, and no condition tells it from nothing.
  return from.pick([0, 0.1 + 0.2, -100, 19.4, 5e-324, -Number.MAX_VALUE, from.int(-500, 500) / 1000]);
}

/** Texts that are no value of any key, or might be. */
const hostile = [
  '%',
  '%E0%A4%A',
  '',
  '1e999',
  '-1',
  '[[[[[[',
  `${'['.repeat(2000)}${']'.repeat(2000)}`,
  '{"__proto__":{"lens":"export"}}',
  encodeURIComponent(JSON.stringify({ row: -1, full: 'yes', by: '<img src=x onerror=alert(1)>' })),
  encodeURIComponent(JSON.stringify(Array.from({ length: 20_000 }, () => 'x'))),
  encodeURIComponent(JSON.stringify('x'.repeat(100_000))),
  encodeURIComponent(JSON.stringify(alphabet.join(''))),
];

/** A value as a schema wants it, most of the time: so whatever the view is made of later is tried, too. */
function valueOf(schema: z.core.$ZodType, from: Random): unknown {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'readonly':
      return valueOf(def.innerType, from);
    case 'optional':
      return from.chance(0.5) ? valueOf(def.innerType, from) : undefined;
    case 'nullable':
      return from.chance(0.8) ? valueOf(def.innerType, from) : null;
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape)
          .map(([key, each]): [string, unknown] => [key, valueOf(each, from)])
          .filter(([, value]) => value !== undefined),
      );
    case 'record':
      return Object.fromEntries(Array.from({ length: from.int(0, 3) }, () => [`k${text(from)}`, valueOf(def.valueType, from)]));
    case 'array':
      return Array.from({ length: from.int(0, 4) }, () => valueOf(def.element, from));
    case 'tuple':
      return def.items.map((item) => valueOf(item, from));
    case 'union':
      return valueOf(from.pick(def.options), from);
    case 'enum':
      return from.pick(Object.values(def.entries));
    case 'literal':
      return from.pick(def.values);
    case 'boolean':
      return from.chance(0.5);
    case 'string':
      return text(from);
    case 'number':
      return number(
        from,
        (def.checks ?? []).some(({ _zod: { def: check } }) => check.check === 'number_format'),
      );
    default:
      throw new Error(`The view has a part of the kind ${def.type}: say here how such a value is made.`);
  }
}

/** Some keys of the view, with random values that they can have. */
function randomView(from: Random): ViewState {
  const found: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(viewState.shape)) {
    if (from.chance(0.4)) continue;
    for (let tries = 0; tries < 50; tries++) {
      const parsed = schema.safeParse(valueOf(schema, from));
      if (!parsed.success) continue;
      found[key] = parsed.data;
      break;
    }
  }
  return viewState.parse(found);
}

test('whatever the view is made of survives the address, a copied link and another reading', () => {
  const tried = new Set<string>();
  for (let seed = 0; seed < 600; seed++) {
    const view = randomView(random(seed));
    for (const [key, value] of Object.entries(view))
      if (JSON.stringify(value) !== JSON.stringify(initialView[key as keyof ViewState])) tried.add(key);
    const hash = toHash(view, 'f'.repeat(64));
    expect(fromHash(hash)).toEqual(view);
    expect(toHash(fromHash(hash), 'f'.repeat(64))).toBe(hash);
    // What the address bar makes of it: it may be written in any way that a URL has.
    expect(fromHash(new URL(hash, 'app://rollscope/index.html').hash)).toEqual(view);
    const link = readLink(`https://example.org/${linkHash(view, 'f'.repeat(64))}`);
    expect(fromHash(link?.hash ?? '')).toEqual(view);
  }
  expect([...tried].sort()).toEqual(Object.keys(viewState.shape).sort());
});

test('a hash that was tampered with never throws, and what is well in it is there', () => {
  for (let seed = 0; seed < 600; seed++) {
    const from = random(10_000 + seed);
    const view = randomView(from);
    const hash = toHash(view, 'f'.repeat(64));
    const key = from.pick(Object.keys(viewState.shape) as (keyof ViewState)[]);
    const parts = hash
      .slice(1)
      .split('&')
      .filter((part) => !part.startsWith(`${key}=`));
    parts.splice(from.int(0, parts.length), 0, `${from.pick([key, key, 'other', '__proto__', 'constructor', ''])}=${from.pick(hostile)}`);
    const read = fromHash(`#${parts.join('&')}`);
    expect(viewState.parse(read)).toEqual(read);
    expect({ ...read, [key]: null }).toEqual({ ...view, [key]: null });
  }
});

test('what cannot be read does not take the place of what can', () => {
  for (const bad of ['%E0%A4%A', '', '{', 'nul', 'undefined', '"no such lens"']) {
    expect(fromHash(`#lens="groups"&lens=${bad}&metric="turns"`)).toEqual({ ...initialView, lens: 'groups', metric: 'turns' });
  }
});

test('cut anywhere, garbled or endless, a hash is read at once', () => {
  const hash = toHash(randomView(random(20_000)), 'f'.repeat(64));
  for (let end = 0; end <= hash.length; end++) expect(() => fromHash(hash.slice(0, end))).not.toThrow();
  for (let seed = 0; seed < 300; seed++) expect(() => fromHash(text(random(30_000 + seed)))).not.toThrow();
  const started = performance.now();
  for (const endless of ['['.repeat(1_000_000), '&'.repeat(1_000_000), 'lens="groups"&'.repeat(70_000), `filter=${'['.repeat(500_000)}`])
    expect(() => fromHash(`#${endless}`)).not.toThrow();
  expect(performance.now() - started).toBeLessThan(5000);
});
