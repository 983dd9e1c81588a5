import { expect, test } from 'vitest';
import { fromHash, keptHash, isOfOtherDataset, linkHash, readLink, readView, toHash } from './hash.ts';
import { initialView, type ViewState } from './view-state.ts';

const everything: ViewState = {
  lens: 'export',
  filter: ['agent = "a & b # c = 100%"', 'reward >= -0.5'],
  draft: '`größe x` < 1',
  rival: 'reward >= 0.7',
  exportOnly: ['tokens <= 4096'],
  bins: 40,
  zoom: { min: 0.2, max: 0.4, of: [-1, 1] },
  stack: 'agent',
  against: 'tokens',
  againstLog: true,
  margin: 0.25,
  metric: 'a/b',
  added: ['metadata.difficulty', 'reward - 0.1 * truncated'],
  columns: ['line', 'reward', 'a b'],
  passMark: 0.25,
  sort: [{ column: 'reward', descending: true }],
  search: { text: 'time ?out', regex: true, ignoreCase: true, scopes: ['reasoning', 'outputs'] },
  groups: { by: 'std', descending: true, k: 8, advantage: 'centred', tolerance: 0.01, open: 12 },
  export: {
    step: 'preview',
    rows: 'starred',
    target: 'trl/dpo',
    column: 'rm',
    options: { reasoning: 'drop', best: 2, system: 'Be "brief" & kind = 100%', fields: { prompt: 'responses_create_params.input' } },
    pairs: [{ chosen: { hash: 'a'.repeat(64), task: '3', rollout: 0 }, rejected: { hash: 'b'.repeat(64) } }],
    rules: { exclude: ['response/truncated'], off: [] },
    named: { template: { name: 'größe.jinja', sha256: 'a'.repeat(64) } },
    example: 4,
    shown: 'written',
  },
  rail: 'wide',
  selected: 201_279,
  reader: { row: 201_279, full: true },
  readerTab: 'raw',
  problem: 'task/no-signal',
  message: 3,
};

test('a view survives the URL', () => {
  expect(fromHash(toHash(everything, 'f'.repeat(64)))).toEqual(everything);
  expect(toHash(initialView, 'f'.repeat(64))).toBe('');
  expect(fromHash('')).toEqual(initialView);
});

test('what a hash cannot mean is left out, the rest is kept', () => {
  const hash = '#lens="nowhere"&filter=["ok"]&passMark="x"&rail=%E0%A4%A&selected=-1&sort=[{"column":1}]&other=1&metric="turns"';
  expect(fromHash(hash)).toEqual({ ...initialView, filter: ['ok'], metric: 'turns' });
});

test('of what has several choices only those that differ are written, and what one of them cannot be takes none of the others', () => {
  const view = { ...initialView, export: { ...initialView.export, target: 'trl/sft', options: { best: 2 } } };
  expect(decodeURIComponent(toHash(view))).toBe('#export={"target":"trl/sft","options":{"best":2}}');
  const hash = '#export={"step":"moon","target":"trl/sft","options":{"best":[1]},"rows":"all","more":1}&groups=7&lens=null&data=ab';
  const { view: read, wrong } = readView(hash);
  expect(read).toEqual({ ...initialView, export: { ...initialView.export, target: 'trl/sft', rows: 'all' } });
  expect(wrong).toEqual(['export.step', 'export.options', 'groups', 'lens']);
  expect(readView(toHash(everything)).wrong).toEqual([]);
});

test('a link says on which dataset it was made', () => {
  const hash = toHash({ ...initialView, metric: 'turns' }, 'a1b2c3d4e5f60718');
  expect(hash).toBe('#data=a1b2c3d4e5f6&metric=%22turns%22');
  expect(isOfOtherDataset(hash, 'a1b2c3d4e5f60718')).toBe(false);
  expect(isOfOtherDataset(hash, 'ffffffffffffffff')).toBe(true);
  expect(isOfOtherDataset('#metric=%22turns%22', 'ffffffffffffffff')).toBe(false);
});

test('a link says its dataset even where it shows the first view', () => {
  expect(linkHash(initialView, 'a1b2c3d4e5f60718')).toBe('#data=a1b2c3d4e5f6');
  expect(linkHash({ ...initialView, metric: 'turns' }, 'a1b2c3d4e5f60718')).toBe('#data=a1b2c3d4e5f6&metric=%22turns%22');
});

test('pasted links are told from words, tasks and lines', () => {
  expect(readLink(' app://rollscope/index.html#data=a1b2&metric=%22turns%22 ')).toEqual({
    hash: '#data=a1b2&metric=%22turns%22',
    data: 'a1b2',
  });
  expect(readLink('http://127.0.0.1:7070/#filter=%5B%5D')).toEqual({ hash: '#filter=%5B%5D', data: null });
  expect(readLink('#data=a1b2')).toEqual({ hash: '#data=a1b2', data: 'a1b2' });
  for (const text of ['#542', '#task 1', ':12', 'reward >= 0.5', 'https://example.org/', 'rew']) expect(readLink(text)).toBeNull();
});

test('a view with a name keeps what is shown, not the rollout at hand', () => {
  expect(fromHash(keptHash(everything))).toEqual({
    ...everything,
    draft: null,
    rival: null,
    rail: null,
    selected: null,
    reader: null,
    readerTab: 'conversation',
    message: null,
    problem: null,
    export: initialView.export,
  });
});
