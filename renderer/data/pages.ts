import { toAppError, type AppError } from '#shared/errors.ts';
import type { Range } from '#shared/model/query.ts';

export interface PagesSnapshot<R> {
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly error: AppError | null;
  readonly at: (index: number) => R | undefined;
  /** The question that these answer, as its JSON; an earlier one until the first answer. */
  readonly of: string | undefined;
}

interface Block<R> {
  rows: readonly R[] | undefined;
  version: number;
  flight: AbortController | null;
}
/** All that is known of one question. */
interface Book<Q, R> {
  readonly key: string;
  readonly request: Q;
  readonly blocks: Map<number, Block<R>>;
  total: number | undefined;
  error: AppError | null;
}

const blockRows = 100;
const keptBlocks = 64;
/** Steps of the same length for which rows are asked ahead. */
const stepsAhead = 4;

/** Reads a window of what a question asks for; `start` is where it begins. */
export type FetchPage<Q, R> = (
  request: Q,
  range: Range,
  signal: AbortSignal,
) => Promise<{ readonly total: number; readonly rows: readonly R[] }>;

/**
 * Rows of a question, a window at a time. Pages that were seen stay for a while; a new question shows the old rows until its
 * first page is there; when the dataset grows, what is visible is asked again and nothing else.
 */
export class Pages<Q, R> {
  readonly #fetch: FetchPage<Q, R>;
  readonly #listeners = new Set<() => void>();
  #book: Book<Q, R> | null = null;
  #shown: Book<Q, R> | null = null;
  #version = 0;
  #visible: Range = { start: 0, end: 1 };
  /** The block that is about to come into view, where the rows move on and do not jump. */
  #ahead: number | null = null;
  #snapshot: PagesSnapshot<R> = { total: undefined, error: null, of: undefined, at: () => undefined };

  constructor(fetch: FetchPage<Q, R>) {
    this.#fetch = fetch;
  }

  /** The question, and how much of the dataset has been read: a greater version makes what is loaded stale. */
  ask(request: Q, version: number): void {
    const key = JSON.stringify(request);
    this.#version = version;
    if (this.#book?.key !== key) {
      this.#cancelAll();
      this.#ahead = null;
      this.#book = { key, request, blocks: new Map(), total: undefined, error: null };
    }
    this.#load();
  }

  /** The rows in view: what is not loaded of them is asked for, and what is asked for elsewhere is cancelled. */
  show(visible: Range): void {
    this.#ahead = blockAhead(this.#visible, visible, this.#book?.total ?? 0);
    this.#visible = visible;
    this.#load();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): PagesSnapshot<R> => this.#snapshot;

  close(): void {
    this.#cancelAll();
    this.#book = null;
  }

  #load(): void {
    const book = this.#book;
    if (book === null) return;
    const first = Math.floor(this.#visible.start / blockRows);
    const last = Math.floor(Math.max(this.#visible.start, this.#visible.end - 1) / blockRows);
    for (const [index, block] of book.blocks) {
      // What was asked for ahead is waited for when the rows only slow down.
      if (index >= first - 1 && index <= last + 1) continue;
      block.flight?.abort();
      block.flight = null;
    }
    for (let index = first; index <= last; index++) void this.#loadBlock(book, index);
    if (this.#ahead !== null) void this.#loadBlock(book, this.#ahead);
    for (const index of [...book.blocks.keys()].slice(0, Math.max(0, book.blocks.size - keptBlocks))) {
      if (index < first || index > last) book.blocks.delete(index);
    }
  }

  async #loadBlock(book: Book<Q, R>, index: number): Promise<void> {
    const block: Block<R> = book.blocks.get(index) ?? { rows: undefined, version: -1, flight: null };
    // Moved to the end of the map: the least recently seen block is dropped first.
    book.blocks.delete(index);
    book.blocks.set(index, block);
    if (block.flight !== null || (block.rows !== undefined && block.version === this.#version)) return;

    const flight = new AbortController();
    const version = this.#version;
    block.flight = flight;
    try {
      const range = { start: index * blockRows, end: (index + 1) * blockRows };
      const page = await this.#fetch(book.request, range, flight.signal);
      if (block.flight !== flight || this.#book !== book) return;
      block.flight = null;
      block.rows = page.rows;
      block.version = version;
      book.total = page.total;
      book.error = null;
      this.#shown = book;
      this.#tell();
      if (version !== this.#version) this.#load();
    } catch (thrown) {
      const error = toAppError(thrown);
      if (block.flight !== flight || this.#book !== book || error.code === 'cancelled') return;
      block.flight = null;
      block.version = version;
      book.error = error;
      this.#tell();
    }
  }

  #cancelAll(): void {
    for (const block of this.#book?.blocks.values() ?? []) {
      block.flight?.abort();
      block.flight = null;
    }
  }

  #tell(): void {
    const shown = this.#shown;
    this.#snapshot = {
      total: shown?.total,
      of: shown?.key,
      error: this.#book?.error ?? null,
      at: (index) => shown?.blocks.get(Math.floor(index / blockRows))?.rows?.[index % blockRows],
    };
    for (const listener of this.#listeners) listener();
  }
}

/** The next block, where a few more steps like the last one lead into it; null where that was a jump, and beyond the ends. */
function blockAhead(from: Range, to: Range, total: number): number | null {
  const step = to.start - from.start;
  if (step === 0 || Math.abs(step) > 2 * (to.end - to.start)) return null;
  const edge = step > 0 ? to.end - 1 : to.start;
  const next = Math.floor(edge / blockRows) + Math.sign(step);
  const led = Math.floor((edge + stepsAhead * step) / blockRows);
  const isNear = step > 0 ? led >= next : led <= next;
  return isNear && next >= 0 && next * blockRows < total ? next : null;
}
