import type { MarkSet, MarksSummary } from '#shared/model/marks.ts';
import { type Bitset, untilGrown } from '../query/index.ts';
import type { Column } from '../index/types.ts';
import type { DatasetIndex, PathTable } from '../select/index.ts';
import { markColumns, markedRows } from './mark-columns.ts';
import { describeMarks, MarkTable } from './mark-table.ts';
import { appendMark, type MarksFile, readMarksFile, sidecarOf } from './marks-file.ts';

/** The review marks of one dataset: read when it is opened, placed when its rows are known. */
export class DatasetMarks implements PathTable {
  private readonly files: readonly MarksFile[];
  private readonly sidecars: readonly string[];
  private made: MarkTable | undefined;
  private readonly columnsOf = untilGrown((index: DatasetIndex) => markColumns(index, this.table));

  /** `index` is asked for when it is there: these columns are among its own. */
  constructor(
    private readonly index: () => DatasetIndex,
    paths: readonly string[],
  ) {
    this.sidecars = paths.map(sidecarOf);
    this.files = this.sidecars.map(readMarksFile);
  }

  get version(): number {
    return this.made?.version ?? 0;
  }

  columns(): readonly Column[] {
    return this.columnsOf(this.index());
  }

  column(name: string): Column | undefined {
    return this.columns().find((column) => column.name === name);
  }

  starRows(): Bitset {
    return markedRows(this.index(), this.table, ({ star }) => star);
  }

  tagRows(tag: string): Bitset {
    return markedRows(this.index(), this.table, ({ tags }) => tags.includes(tag));
  }

  /** Places the marks of rows that came since, in steps. */
  *readOn(): Generator<void, void> {
    if (this.table.isWhole) return;
    yield* this.index().numberTasks();
    yield* this.table.readOn();
  }

  /** See MarkTable.set; the line is appended to the sidecar of the row's file. Fails with unwritable too. */
  set(row: number, set: MarkSet): void {
    const sidecar = this.sidecars[this.index().place(row).file] ?? '';
    this.table.set(row, set, (line) => appendMark(sidecar, line));
  }

  describe(): { marks?: MarksSummary } {
    return describeMarks(this.table, this.files);
  }

  private get table(): MarkTable {
    return (this.made ??= new MarkTable(this.index(), this.files));
  }
}
