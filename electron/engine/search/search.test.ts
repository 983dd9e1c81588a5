import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type SearchMatch, type SearchPattern, searchScopes } from '#shared/model/search.ts';
import { createEngine } from '../engine.ts';
import { seededRandom } from '../select/random.ts';
import { visitTexts } from './row-texts.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-search-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const all = { regex: false, ignoreCase: false, scopes: [...searchScopes] };
let files = 0;

async function found(lines: readonly string[], pattern: Partial<SearchPattern> & { text: string }): Promise<SearchMatch[]> {
  const file = path.join(folder, `${files++}.jsonl`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return await searchFile(file, { ...all, ...pattern });
}

async function searchFile(file: string, pattern: SearchPattern): Promise<SearchMatch[]> {
  const dataset = await engine.open([file]);
  await dataset.watch();
  const matches: SearchMatch[] = [];
  const totals = await dataset.search({ filter: [], pattern, limit: 1e9 }, { onProgress: (progress) => matches.push(...progress.matches) });
  expect(totals).toMatchObject({ rows: matches.length, hits: matches.reduce((sum, { hits }) => sum + hits, 0), unread: 0 });
  await dataset.close();
  return matches;
}

/** Hits by line, counted by JavaScript over the parsed texts. */
function plainHits(lines: readonly string[], { text, regex, ignoreCase, scopes }: SearchPattern): [number, number][] {
  const source = regex ? text : text.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&');
  return lines.flatMap((line, i): [number, number][] => {
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      return [];
    }
    let hits = 0;
    visitTexts(row, ({ scope, text: searched }) => {
      if (scopes.includes(scope)) hits += [...searched.matchAll(new RegExp(source, ignoreCase ? 'giu' : 'gu'))].length;
    });
    return hits === 0 ? [] : [[i + 1, hits]];
  });
}

const byLine = (matches: readonly SearchMatch[]): [number, number][] => matches.map(({ line, hits }) => [line, hits]);
const rollout = (content: string): string =>
  `{"response":{"output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":${content}}]}]}}`;

test('matching is on the decoded text, however it is written', async () => {
  const spellings = ['"café"', '"caf\\u00e9"', '"caf\\u00E9"', '"c\\u0061f\\u00e9"', '"cafe"', '"caf\\\\u00e9"', '"CAFÉ"'];
  expect(byLine(await found(spellings.map(rollout), { text: 'café' })).map(([line]) => line)).toEqual([1, 2, 3, 4]);
  expect(byLine(await found(spellings.map(rollout), { text: 'café', ignoreCase: true })).map(([line]) => line)).toEqual([1, 2, 3, 4, 7]);
  const breaks = ['"a\\nb"', '"a\\u000ab"', '"a b"', '"a\\\\nb"'];
  expect(byLine(await found(breaks.map(rollout), { text: 'a\nb' })).map(([line]) => line)).toEqual([1, 2]);
  expect(byLine(await found(['"say \\"hi\\""', '"say \\u0022hi\\u0022"'].map(rollout), { text: '"hi"' })).length).toBe(2);
  expect(byLine(await found(['"a/b"', '"a\\/b"', '"a\\u002fb"'].map(rollout), { text: 'a/b' })).length).toBe(3);
  expect(byLine(await found(['"😀"', '"\\ud83d\\ude00"', '"\\uD83D\\uDE00"'].map(rollout), { text: '😀' })).length).toBe(3);
});

test('cases fold as Unicode says, in literals as in regexes', async () => {
  const lines = ['"Kelvin"', '"\\u212aelvin"', '"\u212aELVIN"', '"ſtop"', '"STOP"', '"\\u017ftop"', '"straße"', '"STRASSE"'].map(rollout);
  for (const regex of [false, true]) {
    expect(byLine(await found(lines, { text: 'kelvin', ignoreCase: true, regex })).map(([line]) => line)).toEqual([1, 2, 3]);
    expect(byLine(await found(lines, { text: 'stop', ignoreCase: true, regex })).map(([line]) => line)).toEqual([4, 5, 6]);
    expect(byLine(await found(lines, { text: 'straße', ignoreCase: true, regex })).map(([line]) => line)).toEqual([7]);
  }
});

test('each scope is what it says, and a snippet shows where', async () => {
  const line = JSON.stringify({
    responses_create_params: { input: 'needle in the prompt', tools: [{ name: 'needle' }] },
    response: {
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'a needle in thoughts' }] },
        { type: 'function_call', name: 'find', arguments: '{"what":"needle"}' },
        { type: 'function_call_output', output: 'needle, needle' },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'no more' }] },
      ],
    },
    note: 'needle in no text of the conversation',
  });
  const places = async (scopes: SearchPattern['scopes']): Promise<string[]> =>
    (await found([line], { text: 'needle', scopes })).flatMap(({ snippets }) => snippets.map(({ at }) => at));
  expect(await places(['messages'])).toEqual(['responses_create_params.input']);
  expect(await places(['reasoning'])).toEqual(['response.output[0].summary[0].text']);
  expect(await places(['arguments'])).toEqual(['response.output[1].arguments']);
  expect(await places(['outputs'])).toEqual(['response.output[2].output', 'response.output[2].output']);
  const [match] = await found([line], { text: 'needle' });
  expect(match).toMatchObject({ hits: 5, line: 1 });
  for (const { text, start, end } of match?.snippets ?? []) expect(text.slice(start, end)).toBe('needle');
});

test('arguments that are objects: their keys and texts, which no spelling hides', async () => {
  const call = (given: string): string => `{"response":{"output":[{"type":"function_call","name":"f","arguments":${given}}]}}`;
  const lines = ['{"city": "Ro\\u006de"}', '{"t": {"a\\u0062c": ["x\\u000aab", 4.2e1]}}', '{"a": 1 }'].map(call);
  const places = async (text: string): Promise<string[]> => {
    const literal = await found(lines, { text });
    expect(byLine(await found(lines, { text: `(?:${text})`, regex: true }))).toEqual(byLine(literal));
    return literal.flatMap(({ snippets }) => snippets.map(({ at }) => at));
  };
  expect(await places('Rome')).toEqual(['response.output[0].arguments.city']);
  expect(await places('city')).toEqual(['response.output[0].arguments']);
  expect(await places('abc')).toEqual(['response.output[0].arguments.t']);
  expect(await places('\nab')).toEqual(['response.output[0].arguments.t.abc[0]']);
  for (const text of ['nab', ':1', '42']) expect(await places(text)).toEqual([]);
});

describe('equal to plain JavaScript', () => {
  const alphabet = ['a', 'b', 'k', 'K', 's', '\u212a', '\u017f', 'é', 'É', '😀', '"', '\\', '/', '\n', '\u0007', ' ', '中'];
  const random = seededRandom(11);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const textOf = (length: number): string => Array.from({ length }, () => pick(alphabet)).join('');
  /** JSON of a text, each unit written in one of the ways there are. */
  const spelled = (text: string): string => {
    const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    const isRaw = random() < 0.5;
    const written = units.map((unit, i) => {
      const hex = unit.toString(16).padStart(4, '0');
      const plain = JSON.stringify(text.charAt(i)).slice(1, -1);
      // Halves of a pair are written alike.
      const isHalf = unit >= 0xd800 && unit < 0xe000;
      if (isHalf) return isRaw ? text.charAt(i) : `\\u${hex}`;
      if (text.charAt(i) === '/' && random() < 0.3) return '\\/';
      return random() < 0.3 ? `\\u${random() < 0.5 ? hex : hex.toUpperCase()}` : plain;
    });
    return `"${written.join('')}"`;
  };

  test('on random texts in random spellings', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 60; round++) {
      const lines = Array.from({ length: 40 }, () => rollout(spelled(textOf(Math.floor(random() * 12)))));
      const text = textOf(1 + Math.floor(random() * 3));
      const pattern = { ...all, text, ignoreCase: random() < 0.5, regex: false };
      expect(byLine(await found(lines, pattern)), JSON.stringify(pattern)).toEqual(plainHits(lines, pattern));
    }
  });

  test('with regexes of random texts', { timeout: 60_000 }, async () => {
    const quoted = (): string => textOf(1 + Math.floor(random() * 2)).replace(/[$()*+./?[\\\]^{|}]/g, '\\$&');
    const forms = [
      (): string => `${quoted()}|${quoted()}+`,
      () => `(?:${quoted()}|[ab]${quoted()})${quoted()}?`,
      () => `.${quoted()}(${quoted()})*`,
    ];
    for (let round = 0; round < 60; round++) {
      const lines = Array.from({ length: 40 }, () => rollout(spelled(textOf(Math.floor(random() * 12)))));
      const pattern = { ...all, text: forms[round % 3]?.() ?? '', ignoreCase: random() < 0.5, regex: true };
      expect(byLine(await found(lines, pattern)), JSON.stringify(pattern)).toEqual(plainHits(lines, pattern));
    }
  });

  test('on lines longer than what is looked at in one go, wherever it is cut', { timeout: 60_000 }, async () => {
    const chunk = 256 << 10;
    const before = Buffer.byteLength(rollout('"')) - 4;
    const needles = ['needle', 'n\\u0065edle', 'NEEDLE', 'need', '\\\\u006eeedle', ''];
    const at = (fill: number, needle: string): string => rollout(`"${'x'.repeat(fill)}${needle}${'y'.repeat(Math.floor(random() * 300))}"`);
    const lines = Array.from({ length: 40 }, (_, i) => {
      // Lines of a few bytes in between, so that lines begin anywhere.
      if (i % 4 === 3) return at(Math.floor(random() * 50), pick(needles) ?? '');
      return at(chunk * (1 + (i % 2)) - before - Math.floor(random() * 30), pick(needles) ?? '');
    });
    for (const pattern of [
      { text: 'needle' },
      { text: 'Needle', ignoreCase: true },
      { text: 'qqq|(needle)y*|zebra', regex: true },
      { text: 'y"', regex: false },
    ]) {
      const whole = { ...all, ...pattern };
      expect(byLine(await found(lines, whole))).toEqual(plainHits(lines, whole));
    }
  });

  const reference = path.resolve(import.meta.dirname, '../../../../shared/rollouts');
  test.skipIf(!existsSync(reference))('on every reference file (skipped: no ../shared/rollouts here)', { timeout: 120_000 }, async () => {
    const patterns: (Partial<SearchPattern> & { text: string })[] = [
      { text: 'the answer' },
      { text: 'ERROR', ignoreCase: true },
      { text: '\\d+ (?:days|hours)', regex: true },
      { text: 'time(out|stamp)|traceback', regex: true, ignoreCase: true },
      { text: 'é' },
    ];
    let hits = 0;
    for (const name of globSync('*/*rollouts.jsonl', { cwd: reference })) {
      const file = path.join(reference, name);
      const lines = readFileSync(file, 'utf8').split('\n');
      if (!lines.some((line) => line.startsWith('{'))) continue;
      for (const pattern of patterns.map((each) => ({ ...all, ...each }))) {
        const expected = plainHits(lines, pattern);
        expect(byLine(await searchFile(file, pattern)), `${name} ${pattern.text}`).toEqual(expected);
        hits += expected.length;
      }
    }
    expect(hits).toBeGreaterThan(100);
  });
});

test('patterns that others run for ever on are answered; what cannot be is said at its character', async () => {
  const lines = [rollout(JSON.stringify(`${'a'.repeat(50_000)}!`))];
  expect(await found(lines, { text: '(a*)*b', regex: true })).toEqual([]);
  const failure = (text: string): Promise<unknown> => found(lines, { text, regex: true }).catch((error: unknown) => error);
  expect(await failure('(?=a)b')).toMatchObject({ code: 'bad-input', details: { at: 0 } });
  expect(await failure('ab(c')).toMatchObject({ code: 'bad-input', details: { at: 2 } });
  expect(await failure('x{5000}')).toMatchObject({ code: 'bad-input', details: { at: 1 } });
});

test('as many hits as characters, each of which might reach to the end of the text', async () => {
  const lines = ['a'.repeat(300_000), `${'a'.repeat(1500)}z`, '😀'.repeat(1500)].map((text) => rollout(JSON.stringify(text)));
  expect(byLine(await found(lines, { text: '[^z]*z|a', regex: true }))).toEqual([
    [1, 300_000],
    [2, 1],
  ]);
  expect(byLine(await found(lines.slice(2), { text: 'x*', regex: true }))).toEqual(
    plainHits(lines.slice(2), { ...all, text: 'x*', regex: true }),
  );
});

test('a search that is given up ends as cancelled', async () => {
  const file = path.join(folder, 'cancel.jsonl');
  writeFileSync(file, `${Array.from({ length: 20_000 }, (_, i) => rollout(`"some text ${i}"`)).join('\n')}\n`);
  const dataset = await engine.open([file]);
  await dataset.watch();
  const abort = new AbortController();
  const search = dataset.search({ filter: [], pattern: { ...all, text: 'text \\d', regex: true }, limit: 10 }, { signal: abort.signal });
  abort.abort();
  await expect(search).rejects.toMatchObject({ code: 'cancelled' });
});

test('hits are counted by the pass mark and by bins; every rollout is in a band', async () => {
  const rewards = [0, 0.2, 0.5, 0.7, 1, 1, null, 'high', undefined];
  const file = path.join(folder, 'bands.jsonl');
  const line = (reward: unknown, text: string): string => JSON.stringify({ reward, response: { output: [{ content: text }] } });
  const lines = rewards.map((reward, i) => line(reward, i % 2 === 0 ? 'a needle, a needle' : 'hay'));
  writeFileSync(file, `${lines.join('\n')}\n`);
  const dataset = await engine.open([file]);
  await dataset.watch();
  const pattern = { ...all, text: 'needle' };
  const binning = { kind: 'edges' as const, edges: [0, 0.5, 1] };
  const { bands, ...totals } = await dataset.search({ filter: [], pattern, limit: 0, bands: { metric: 'reward', binning } });
  expect(totals).toEqual({ rowsSearched: 9, rows: 5, hits: 10, unread: 0 });
  expect(bands).toEqual({
    metric: 'reward',
    passMark: 0.5,
    passed: { searched: 4, rows: 2, hits: 4 },
    failed: { searched: 2, rows: 1, hits: 2 },
    without: { searched: 3, rows: 2, hits: 4 },
    bins: {
      edges: [0, 0.5, 1],
      bands: [
        { searched: 2, rows: 1, hits: 2 },
        { searched: 4, rows: 2, hits: 4 },
      ],
    },
  });
  const few = await dataset.search({ filter: ['reward > 0.6'], pattern, limit: 0, bands: { metric: 'reward', passMark: 0.9 } });
  expect(few.bands).toMatchObject({
    passed: { searched: 2, rows: 1, hits: 2 },
    failed: { searched: 1, rows: 0 },
    without: { searched: 0 },
  });
  await expect(dataset.search({ filter: [], pattern, limit: 0, bands: { metric: 'rewrd' } })).rejects.toMatchObject({ code: 'bad-input' });
  await dataset.close();
});
