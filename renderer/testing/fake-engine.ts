import { AppError } from '#shared/errors.ts';
import type { DatasetState } from '#shared/model/dataset.ts';
import type { Grant, Recent } from '#shared/model/grant.ts';
import type { Call, CallOptions, PageInput, PageMethod, PageOutput } from '../data/client.tsx';
import { FakeDataset, numberOf } from './fake-dataset.ts';
import { makeRows, type FakeRow } from './rows.ts';

export interface FakeOptions {
  readonly rows?: readonly FakeRow[];
  readonly shell?: 'desktop' | 'browser';
  /** Opened at once, as if named on the command line. */
  readonly open?: boolean;
  /** Rows that each progress report adds; without it everything is read at once. */
  readonly rowsPerStep?: number;
  readonly stepMs?: number;
}

type Handler<M extends PageMethod> = (input: PageInput<M>, options: CallOptions<M>) => PageOutput<M> | Promise<PageOutput<M>>;
export type FakeHandlers = { readonly [M in PageMethod]?: Handler<M> };

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
}: FakeOptions = {}): FakeHandlers {
  const dataset = new FakeDataset('d1', rows, rowsPerStep === undefined ? rows.length : 0);
  const granted: Grant = { ...grant, bytes: rows.length * bytesPerRow };
  let stopped = false;
  let settings = '{}';
  const state = (): DatasetState => stateOf(dataset, granted, stopped);

  return {
    'dataset.open': () => state(),
    'dataset.watch': async (_, { onProgress, signal }) => {
      while (!stopped && dataset.read < rows.length && signal?.aborted !== true) {
        await new Promise((resolve) => setTimeout(resolve, stepMs));
        dataset.read = Math.min(rows.length, dataset.read + (rowsPerStep ?? rows.length));
        onProgress?.(state());
      }
      return state();
    },
    'dataset.stop': () => {
      stopped = true;
      return state();
    },
    'dataset.close': () => ({}),
    'dataset.columns': () => ({ columns: dataset.columns() }),
    'rows.page': (input) => dataset.page(input),
    'rows.find': ({ query, row }) => {
      const position = dataset.order(query).indexOf(dataset.row(row));
      return { position: position < 0 ? null : position };
    },
    'rows.atLine': ({ line }) => ({ row: line > 0 && line <= dataset.read ? line - 1 : null }),
    'column.histogram': ({ filter, column }) => dataset.histogram(filter, column),
    'column.facet': ({ filter, column, limit }) => dataset.facet(filter, column, limit),
    'selection.summary': ({ filter, draft, metric }) => ({
      rows: dataset.read,
      before: dataset.summary(dataset.select(filter), metric),
      after: draft.length === 0 ? null : dataset.summary(dataset.select([...filter, ...draft]), metric),
    }),
    'rollout.read': ({ row, metric }) => readRollout(dataset, row, metric),
    'problems.list': () => ({ problems: [] }),
    'problems.lines': () => ({ total: 0, lines: [] }),
    'export.targets': () => ({ targets: [] }),
    'shell.info': () => ({
      shell,
      version: '0.1.0',
      open: open ? [granted] : [],
      outRoot: null,
      sample: { ...granted, grant: 'sample', name: 'sample.jsonl' },
    }),
    'shell.chooseFiles': () => granted,
    'shell.recents': () => ({ recents: recents(granted, rows.length) }),
    'shell.remember': () => ({}),
    'shell.forget': () => ({}),
    'shell.loadSettings': () => ({ json: settings }),
    'shell.saveSettings': ({ json }) => {
      settings = json;
      return {};
    },
  };
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
  const both = { counts: [40, ...new Array<number>(30).fill(0), 52], min: 0, max: 1 };
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

/** A call that asks the handlers, and answers in a later task as a real connection would. */
export function fakeCall(handlers: FakeHandlers): Call {
  return async (method, input, options = {}) => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    const handler = handlers[method];
    if (handler === undefined) throw new AppError('internal', `Nothing here answers ${method}.`);
    const output = await handler(input, options);
    if (options.signal?.aborted === true) throw new AppError('cancelled', 'Cancelled.');
    return output;
  };
}
