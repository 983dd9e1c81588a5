import { AppError } from '#shared/errors.ts';
import type { DatasetState } from '#shared/model/dataset.ts';
import type { Grant, Recent } from '#shared/model/grant.ts';
import { readRecipe } from '#shared/model/recipe.ts';
import { createClient, createServer, memoryTransports, type Handlers } from '#shared/rpc/index.ts';
import { pageContract, type Call, type PageContract, type PageOutput } from '../data/client.tsx';
import { FakeDataset, numberOf } from './fake-dataset.ts';
import { fakeGroupHistogram, fakeGroups, fakeRollouts, fakeSummary, sortedGroups } from './fake-groups.ts';
import { fakeSearch } from './fake-search.ts';
import { fakeMarks } from './fake-marks.ts';
import { makeRows, type FakeRow } from './rows.ts';

export interface FakeOptions {
  readonly rows?: readonly FakeRow[];
  readonly shell?: 'desktop' | 'browser';
  /** Opened at once, as if named on the command line. */
  readonly open?: boolean;
  /** Rows that each progress report adds; without it everything is read at once. */
  readonly rowsPerStep?: number;
  readonly stepMs?: number;
  /** What the dataset says of limits that were reached. */
  readonly limits?: readonly string[];
  /** Which columns there are is said only then. */
  readonly columnsAfter?: Promise<void>;
}

const bytesPerRow = 21_400;
const grant: Grant = { grant: 'g1', kind: 'files', name: 'made_rollouts.jsonl', detail: '~/runs/made', bytes: 0 };
const shape = [
  31, 28, 30, 27, 25, 29, 30, 33, 35, 40, 90, 41, 38, 36, 35, 34, 35, 33, 32, 36, 35, 33, 31, 30, 29, 28, 31, 33, 30, 29, 31, 120,
];

/** An engine and a shell over made-up rows, for tests of the page and for looking at it. */
export function fakeHandlers({
  rows = makeRows(4000),
  shell = 'desktop',
  open = false,
  rowsPerStep,
  stepMs = 100,
  limits,
  columnsAfter,
}: FakeOptions = {}): Handlers<PageContract> {
  const dataset = new FakeDataset('d1', rows, rowsPerStep === undefined ? rows.length : 0);
  const granted: Grant = { ...grant, bytes: rows.length * bytesPerRow };
  let stopped = false;
  let settings = '{}';
  const state = (): DatasetState => ({ ...stateOf(dataset, granted, stopped), ...(limits && { limits: [...limits] }) });

  return {
    'dataset.open': async () => state(),
    'dataset.watch': async (_, { progress, signal }) => {
      while (!stopped && dataset.read < rows.length && !signal.aborted) {
        await new Promise((resolve) => setTimeout(resolve, stepMs));
        dataset.read = Math.min(rows.length, dataset.read + (rowsPerStep ?? rows.length));
        progress(state());
      }
      return state();
    },
    'dataset.stop': async () => {
      stopped = true;
      return state();
    },
    'dataset.close': async () => ({}),
    'column.describe': async ({ column }) => dataset.describe(column),
    'dataset.prepare': async () => ({}),
    'dataset.neighbours': async () => ({ neighbours: [] }),
    'dataset.setNeighbour': notHere,
    'dataset.columns': async () => {
      await columnsAfter;
      return { columns: dataset.columns() };
    },
    'rows.page': async (input) => dataset.page(input),
    'rows.copy': async ({ rows: wanted, columns, format }) => ({ text: dataset.copy(wanted, columns, format) }),
    'view.save': async ({ name, query }) => ({ name, rows: dataset.order(query).length, bytes: 1000 }),
    'rows.find': async ({ query, row }) => {
      const position = dataset.order(query).indexOf(dataset.row(row));
      return { position: position < 0 ? null : position };
    },
    'rows.atLine': async ({ line }) => ({ row: line > 0 && line <= dataset.read ? line - 1 : null }),
    'column.histogram': async ({ filter, column }) => dataset.histogram(filter, column),
    'column.density': async ({ filter, x, y }) => dataset.density(filter, x.column, y.column),
    'column.quantiles': async () => ({ count: 0, values: [], shares: [] }),
    'filter.counts': async ({ filter }) => dataset.counts(filter),
    'column.facet': async ({ filter, column, limit }) => dataset.facet(filter, column, limit),
    'groups.sizes': async ({ sizes }) => ({
      sizes: sizes.map((size) => ({ size, tasks: 500, extrapolated: size > 8 ? 500 : 0, deadShare: 1 / size })),
    }),
    'groups.page': async ({ range, sort, ...measure }) => {
      const groups = sortedGroups(fakeGroups(dataset, measure), sort);
      return { total: groups.length, passMark: measure.passMark ?? 0.5, groups: groups.slice(range.start, range.end) };
    },
    'groups.find': async ({ row, sort, ...measure }) => {
      const position = sortedGroups(fakeGroups(dataset, measure), sort).findIndex(({ rows }) => rows.includes(row));
      return { position: position < 0 ? null : position };
    },
    'groups.rollouts': async (input) => fakeRollouts(dataset, input),
    'groups.summary': async (measure) => fakeSummary(dataset, measure),
    'groups.histogram': async ({ figure, ...measure }) => fakeGroupHistogram(dataset, measure, figure),
    'selection.summary': async ({ filter, draft, metric, margin, passMark }) => ({
      rows: dataset.read,
      before: dataset.summary(dataset.select(filter), metric, { margin, passMark }),
      after: draft.length === 0 ? null : dataset.summary(dataset.select([...filter, ...draft]), metric, { margin, passMark }),
    }),
    'rollout.read': async ({ row, metric }) => readRollout(dataset, row, metric),
    'marks.export': async () => ({ text: '', marks: 0 }),
    'marks.import': notHere,
    ...fakeMarks(dataset),
    'rollout.key': async ({ row }) => ({
      key: { hash: row.toString(16).padStart(64, '0'), task: String(dataset.row(row)['task'] ?? ''), rollout: row },
    }),
    'rollout.raw': async ({ row }) => ({ text: JSON.stringify(dataset.row(row)), bytes: bytesPerRow }),
    'problems.list': async () => ({ problems: [], rules: 34, asked: 34 }),
    'problems.lines': async () => ({ total: 0, lines: [] }),
    'search.run': async (input, { progress, signal }) => await fakeSearch(dataset, input, { progress, signal }),
    'export.targets': async () => ({ targets: [] }),
    'export.readRecipe': async ({ text }) => ({ recipe: readRecipe(text) }),
    'export.most': async ({ recipes }) => ({ most: recipes.map(() => null) }),
    'export.plan': async () => notHere(),
    'export.preview': async () => null,
    'export.trained': async () => null,
    'export.tokens': async () => null,
    'shell.chooseFile': async () => null,
    'chat.read': async () => ({ name: 'tokenizer.json', about: 'BPE, 3 tokens', sha256: '0'.repeat(64) }),
    'export.run': async () => notHere(),
    'shell.chooseOutRoot': async () => null,
    'shell.reveal': async () => ({}),
    'shell.info': async () => ({
      shell,
      version: '0.1.0',
      open: open ? [granted] : [],
      outRoot: shell === 'browser' ? { grant: 'out', kind: 'folder', name: 'runs', detail: '~/runs', bytes: 0 } : null,
      sample: { ...granted, grant: 'sample', name: 'sample.jsonl' },
    }),
    'shell.chooseFiles': async () => granted,
    'shell.recents': async () => ({ recents: recents(granted, rows.length) }),
    'shell.remember': async () => ({}),
    'shell.forget': async () => ({}),
    'shell.loadSettings': async () => ({ json: settings }),
    'shell.saveSettings': async ({ json }) => {
      settings = json;
      return {};
    },
  };
}

function notHere(): never {
  throw new AppError('not-found', 'Nothing is exported from made-up rows.');
}

function stateOf(dataset: FakeDataset, granted: Grant, stopped: boolean): DatasetState {
  const whole = dataset.read === dataset.all.length;
  return {
    dataset: dataset.id,
    name: granted.name,
    phase: whole ? 'ready' : stopped ? 'cancelled' : 'reading',
    bytesRead: dataset.read * bytesPerRow,
    bytesTotal: granted.bytes,
    lines: dataset.read,
    rows: dataset.read,
    invalidLines: 0,
    blankLines: 0,
    ...(whole ? { tasks: new Set(dataset.all.map((row) => row.task)).size } : {}),
    cutLastLine: false,
    elapsedMs: 1900,
    files: [{ path: granted.name, bytes: granted.bytes, lines: dataset.read, rows: dataset.read, invalidLines: 0, blankLines: 0 }],
    fingerprint: whole ? 'made' : '',
    version: dataset.read,
    following: false,
    growing: false,
  };
}

function readRollout(dataset: FakeDataset, row: number, metric: string): PageOutput<'rollout.read'> {
  const cells = dataset.row(row);
  const siblings = dataset.rows.flatMap((other, index) => (other.task === cells.task ? [{ other, index }] : []));
  return {
    kind: 'rollout',
    row,
    file: 'made.jsonl',
    bytes: bytesPerRow,
    line: row + 1,
    byteOffset: row * bytesPerRow,
    ...('reward' in cells ? { reward: numberOf(cells.reward)[0] ?? null } : {}),
    task: String(cells.task),
    agent: String(cells.agent),
    rollout: Number(cells.rollout),
    promptMessages: 2,
    messages: [
      { role: 'system', content: 'You are a careful assistant. Use the tools you are given.' },
      { role: 'user', content: String(cells.prompt) },
      {
        role: 'assistant',
        content: '',
        reasoning_content: 'The task names a quantity. I should look it up before I answer.',
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'search', arguments: { query: 'the quantity' } } }],
      },
      { role: 'tool', content: '32', tool_call_id: 'c1' },
      { role: 'assistant', content: String(cells.answer) },
    ],
    tools: [{ type: 'function', function: { name: 'search', parameters: {} } }],
    metrics: Object.fromEntries(Object.entries(cells).flatMap(([name, cell]) => numberOf(cell).map((value) => [name, value]))),
    problems: [],
    unknownItems: [],
    fields: Object.entries(cells).map(([name, value]) => ({ name, value })),
    request: { temperature: 1, top_p: 1 },
    siblings: siblings.map(({ other, index }) => {
      const [value] = numberOf(other[metric]);
      return { row: index, rollout: Number(other.rollout), ...(value === undefined ? {} : { metric: value }) };
    }),
  };
}

function recents(granted: Grant, rows: number): Recent[] {
  const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
  const both = { counts: [40, ...Array.from({ length: 30 }, () => 0), 52], min: 0, max: 1 };
  return [
    { ...granted, openedAt: hoursAgo(0), rows, tasks: Math.ceil(rows / 8), shape: { counts: shape, min: -0.5, max: 1 }, state: 'same' },
    {
      ...granted,
      grant: 'g2',
      name: 'binary_eval.jsonl',
      bytes: 4_210_000_000,
      openedAt: hoursAgo(2),
      rows: 201_280,
      tasks: 25_160,
      shape: both,
      state: 'same',
    },
    {
      ...granted,
      grant: 'g3',
      name: 'shards',
      kind: 'folder',
      detail: '/data/gym · 12 files',
      bytes: 18_600_000_000,
      openedAt: hoursAgo(30),
      rows: 912_044,
      tasks: 57_003,
      shape: both,
      state: 'changed',
    },
    {
      ...granted,
      grant: 'g4',
      name: 'old.jsonl',
      detail: '/tmp',
      bytes: 10_900,
      openedAt: hoursAgo(300),
      rows: 5,
      tasks: 1,
      state: 'gone',
    },
  ];
}

/** The handlers at the other end of a connection inside this thread. */
export function fakeCall(handlers: Handlers<PageContract>): Call {
  const [page, engine] = memoryTransports();
  createServer(pageContract, handlers, engine);
  return createClient(pageContract, page).call;
}
