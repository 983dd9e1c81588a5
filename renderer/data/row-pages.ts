import { toAppError, type AppError } from '#shared/errors.ts';
import type { Cell } from '#shared/model/cell.ts';
import type { Query, Range } from '#shared/model/query.ts';
import type { Call, PageOutput } from './client.tsx';

export interface RowsRequest {
  readonly dataset: string;
  readonly query: Query;
  /** Conditions that fade rows instead of taking them out. */
  readonly draft: readonly string[];
  readonly columns: readonly string[];
}

/** A value of the page, or that the row lacks the field. A row that is not loaded yet is no PageRow at all. */
export type CellBox = { readonly value: Cell } | 'absent';

export interface PageRow {
  readonly row: number;
  readonly kept: boolean;
  cell(column: string): CellBox | undefined;
}

export interface RowsSnapshot {
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly error: AppError | null;
  readonly at: (index: number) => PageRow | undefined;
}

type Page = PageOutput<'rows.page'>;
interface Block {
  rows: readonly PageRow[] | undefined;
  version: number;
  flight: AbortController | null;
}
/** All that is known of one question. */
interface Book {
  readonly key: string;
  readonly request: RowsRequest;
  readonly blocks: Map<number, Block>;
  total: number | undefined;
  error: AppError | null;
}

const blockRows = 100;
const keptBlocks = 64;
const nothing: RowsSnapshot = { total: undefined, error: null, at: () => undefined };

/**
 * Rows of a query, a window at a time. Pages that were seen stay for a while; a new question shows the old rows until its
 * first page is there; when the dataset grows, what is visible is asked again and nothing else.
 */
export class RowPages {
  readonly #call: Call;
  readonly #listeners = new Set<() => void>();
  #book: Book | null = null;
  #shown: Book | null = null;
  #version = 0;
  #visible: Range = { start: 0, end: 1 };
  #snapshot = nothing;

  constructor(call: Call) {
    this.#call = call;
  }

  /** The question, and how much of the dataset has been read: a greater version makes what is loaded stale. */
  ask(request: RowsRequest, version: number): void {
    const key = JSON.stringify(request);
    this.#version = version;
    if (this.#book?.key !== key) {
      this.#cancelAll();
      this.#book = { key, request, blocks: new Map(), total: undefined, error: null };
    }
    this.#load();
  }

  /** The rows in view: what is not loaded of them is asked for, and what is asked for elsewhere is cancelled. */
  show(visible: Range): void {
    this.#visible = visible;
    this.#load();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): RowsSnapshot => this.#snapshot;

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
      if (index >= first && index <= last) continue;
      block.flight?.abort();
      block.flight = null;
    }
    for (let index = first; index <= last; index++) void this.#fetch(book, index);
    for (const index of [...book.blocks.keys()].slice(0, Math.max(0, book.blocks.size - keptBlocks))) {
      if (index < first || index > last) book.blocks.delete(index);
    }
  }

  async #fetch(book: Book, index: number): Promise<void> {
    const block: Block = book.blocks.get(index) ?? { rows: undefined, version: -1, flight: null };
    // Moved to the end of the map: the least recently seen block is dropped first.
    book.blocks.delete(index);
    book.blocks.set(index, block);
    if (block.flight !== null || (block.rows !== undefined && block.version === this.#version)) return;

    const flight = new AbortController();
    const version = this.#version;
    block.flight = flight;
    try {
      const { dataset, query, draft, columns } = book.request;
      const range = { start: index * blockRows, end: (index + 1) * blockRows };
      const input = { dataset, query, draft: [...draft], range, columns: [...columns] };
      const page = await this.#call('rows.page', input, { signal: flight.signal });
      if (block.flight !== flight || this.#book !== book) return;
      block.flight = null;
      block.rows = readRows(page);
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
      error: this.#book?.error ?? null,
      at: (index) => shown?.blocks.get(Math.floor(index / blockRows))?.rows?.[index % blockRows],
    };
    for (const listener of this.#listeners) listener();
  }
}

/** A page by rows; made once, so that a row that did not change is the same object. */
function readRows(page: Page): readonly PageRow[] {
  const columns = new Map(page.columns.map(({ name, values, absent }) => [name, { values, absent: new Set(absent) }]));
  return page.rows.map((row, offset) => ({
    row,
    kept: page.kept[offset] ?? true,
    cell: (name) => {
      const column = columns.get(name);
      if (column === undefined) return undefined;
      return column.absent.has(offset) ? 'absent' : { value: column.values[offset] ?? null };
    },
  }));
}
