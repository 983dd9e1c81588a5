import { groupingOf } from '#shared/model/expression/index.ts';
import type { MarkSet, MarksImported, MarksSummary, RolloutMarks } from '#shared/model/marks.ts';
import type { RolloutKey } from '#shared/model/recipe.ts';
import type { Column } from '../index/types.ts';
import { inSlices } from '../jobs/index.ts';
import { type Bitset, noteChanging, untilGrown } from '../query/index.ts';
import type { DatasetIndex, PathTable } from '../select/index.ts';
import { exportMarks, importMarks } from './exchange.ts';
import { markColumns, markedRows, markNames } from './mark-columns.ts';
import { describeMarks, type Mark, MarkTable } from './mark-table.ts';
import { nextUndecided, type ReviewRequest, type ReviewStep } from './next-undecided.ts';
import { Sidecar } from './sidecar.ts';

/** The review marks of one dataset: read when it is opened, placed when its rows are known, read again when others add to them. */
export class DatasetMarks implements PathTable {
  private readonly sidecars: readonly Sidecar[];
  private made: MarkTable | undefined;
  /** Versions of tables that were before. */
  private passed = 0;
  private readonly columnsOf = untilGrown((index: DatasetIndex) => {
    noteChanging();
    return markColumns(index, this.table);
  });

  /** `index` is asked for when it is there: these columns are among its own. `folder`: where marks go that cannot be kept beside their file. */
  constructor(
    private readonly index: () => DatasetIndex,
    paths: readonly string[],
    folder: string | undefined,
  ) {
    this.sidecars = paths.map((path) => new Sidecar(path, folder));
  }

  get version(): number {
    return this.passed + (this.made?.version ?? 0);
  }

  columns(): readonly Column[] {
    return this.columnsOf(this.index());
  }

  column(name: string): Column | undefined {
    return markNames.has(name) ? this.columns().find((column) => column.name === name) : undefined;
  }

  starRows(): Bitset {
    noteChanging();
    return markedRows(this.index(), this.table, ({ star }) => star);
  }

  tagRows(tag: string): Bitset {
    noteChanging();
    return markedRows(this.index(), this.table, ({ tags }) => tags.includes(tag));
  }

  /** Places the marks of rows that came since, in steps. */
  *readOn(): Generator<void, void> {
    if (this.table.isWhole) return;
    yield* this.index().numberTasks();
    yield* this.table.readOn();
  }

  /** Of one rollout; those of all rows must have been placed. */
  of(row: number): RolloutMarks {
    const { star, tags, note, carriedOver }: Mark = this.table.marks.get(row) ?? { star: false, tags: [], note: '', carriedOver: false };
    return { star, tags: [...tags], note, carriedOver };
  }

  /** What names a rollout in a recipe: what names it in a mark, too. */
  keyOf(row: number): RolloutKey {
    const { agent, task, rollout, hash = '' } = this.table.keyOf(row);
    return {
      hash,
      ...(agent !== undefined && { agent }),
      ...(task !== undefined && { task: String(task) }),
      ...(Number.isSafeInteger(rollout) && { rollout }),
    };
  }

  /** See nextUndecided. */
  next(request: ReviewRequest): ReviewStep {
    return nextUndecided(this.index().groupedBy(groupingOf(request.query.filter)), this.table, request);
  }

  /** See MarkTable.set; the line is appended to the sidecar of the row's file. Fails with unwritable too. */
  set(row: number, set: MarkSet): void {
    const sidecar = this.sidecars[this.index().place(row).file];
    this.table.set(row, set, (line) => sidecar?.append(line));
  }

  *export(): Generator<void, { text: string; marks: number }> {
    yield* this.readOn();
    return yield* exportMarks(this.table);
  }

  /** Fails as `set` does; what was taken before stays. */
  *import(text: string): Generator<void, MarksImported> {
    yield* this.index().numberTasks();
    yield* this.readOn();
    const means = { index: this.index(), table: this.table, files: this.sidecars.length };
    return yield* importMarks(text, { ...means, mark: (row, set) => this.set(row, set) });
  }

  /** Looks for what others add to the sidecars, now and then, until the answer is called. */
  watchNews(everyMs: number, client: object): () => void {
    let isStopped = false;
    let isBusy = false;
    const timer = setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      // Marks that cannot be placed now are tried again.
      this.takeNews(() => isStopped, client)
        .catch(() => undefined)
        .finally(() => (isBusy = false));
    }, everyMs);
    timer.unref();
    return () => {
      isStopped = true;
      clearInterval(timer);
    };
  }

  /** Takes in what others have added to the sidecars. Marks that are set meanwhile are kept: they are in the files too. */
  async takeNews(isStopped: () => boolean, client: object): Promise<void> {
    if (!this.table.isWhole || !this.sidecars.map((sidecar) => sidecar.hasNews()).some(Boolean)) return;
    for (;;) {
      const { version } = this.table;
      const next = new MarkTable(
        this.index(),
        this.sidecars.map(({ file }) => file),
      );
      const done = await inSlices(placed(next), isStopped, client);
      if (done === undefined) return;
      if (this.table.version === version) {
        this.passed += version + 1;
        this.made = next;
        return;
      }
      // What was set meanwhile is in the files.
      for (const sidecar of this.sidecars) sidecar.reread();
    }
  }

  describe(): { marks?: MarksSummary } {
    return describeMarks(this.table, this.sidecars);
  }

  private get table(): MarkTable {
    return (this.made ??= new MarkTable(
      this.index(),
      this.sidecars.map(({ file }) => file),
    ));
  }
}

function* placed(table: MarkTable): Generator<void, true> {
  yield* table.readOn();
  return true;
}
