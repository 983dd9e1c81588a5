import { AppError } from '#shared/errors.ts';
import { derivedColumns } from '#shared/model/derived.ts';
import { type Operand, printOperand } from '#shared/model/expression/index.ts';
import type { Column, RowIndex } from '../index/types.ts';
import { bytesPerRow, memoInSteps, operandColumn, type QueryIndex, type RowSets, untilGrown } from '../query/index.ts';
import { arithmeticColumn } from './computed-column.ts';
import type { Plan } from './group-plan.ts';
import { fileColumn, lineColumn, problemsColumn, severityColumn, taskColumn } from './derived-columns.ts';
import { groupColumn } from './groups.ts';
import { rankColumn } from './rank-column.ts';
import { lacksTaskNames } from './task-key.ts';
import { TaskNumbering, type TaskTable } from './tasks.ts';

/** An index with everything a query may name: the columns of the file, those derived from position and task, the groups. */
export interface DatasetIndex extends QueryIndex {
  /** Numbered when first asked for, and on from there when the index has grown. */
  tasks(): TaskTable;
  /**
   * The same work in steps, for a caller that has other things to do: nearly nothing where fields name the tasks, about as
   * long as parsing every line where `lacksTaskNames`.
   */
  numberTasks(): Generator<void, void>;
  /** Of more than `few` rollouts. */
  lacksTaskNames(few?: number): boolean;
  /** The same rows, their tasks made by another column, or by `prompt`: equal requests. By default by task keys. */
  groupedBy(column: string | undefined): DatasetIndex;
  /** How many rollouts were planned, as far as that has been read. */
  plan(): Plan | undefined;
}

/** Columns from elsewhere than the index: of nested paths that were read from the lines, of neighbours, of review marks. */
export interface PathTable {
  /** Changes with what follows. */
  readonly version: number;
  columns(): readonly Column[];
  column(name: string): Column | undefined;
}

/** Several of them as one. */
export function joinTables(...tables: readonly PathTable[]): PathTable {
  return {
    get version() {
      return tables.reduce((sum, { version }) => sum + version, 0);
    },
    columns: () => tables.flatMap((table) => table.columns()),
    column(name) {
      for (const table of tables) {
        const column = table.column(name);
        if (column) return column;
      }
      return undefined;
    },
  };
}

/** What is known of a dataset besides its index. */
export interface Known {
  readonly rowSets?: RowSets;
  readonly plan?: () => Plan | undefined;
  readonly paths?: PathTable;
  /** Columns whose values change without that the index grows. */
  readonly marks?: PathTable;
}

const noPaths: PathTable = { version: 0, columns: () => [], column: () => undefined };

const order = new Map(derivedColumns.map(({ name }, position) => [name, position]));

/**
 * Adds `line`, `file`, `task`, the groups and what is computed. Derived columns come first, as shared/model/derived.ts
 * lists them.
 */
export function withDerivedColumns(index: RowIndex, fileNames: readonly string[], known: Known = {}): DatasetIndex {
  const groupings = new Map<string, DatasetIndex>();
  const groupedBy = (column: string | undefined): DatasetIndex => {
    if (column === undefined) return plain;
    const found = groupings.get(column) ?? derive(index, { fileNames, groupedBy, by: column, ...known });
    groupings.delete(column); // and again at the end: the order is that of the latest use
    groupings.set(column, found);
    for (const oldest of [...groupings.keys()].slice(0, -mostGroupings)) groupings.delete(oldest);
    return found;
  };
  const plain = derive(index, { fileNames, groupedBy, ...known });
  return plain;
}

/** Each takes a number a row, and orders of its own. */
const mostGroupings = 2;

interface Derivation extends Known {
  readonly fileNames: readonly string[];
  readonly groupedBy: DatasetIndex['groupedBy'];
  /** Of the groups, instead of task keys. */
  readonly by?: string;
}

function derive(
  index: RowIndex,
  { fileNames, groupedBy, by, plan = () => undefined, rowSets = noRowSets, paths = noPaths, marks = noPaths }: Derivation,
): DatasetIndex {
  const grouping =
    by === undefined
      ? undefined
      : {
          isByRequest: by === 'prompt',
          column: () => (by === 'prompt' ? undefined : (index.column(by) ?? marks.column(by) ?? paths.column(by))),
        };
  const numbering = new TaskNumbering(index, grouping);
  const table = untilGrown(() => numbering.table());
  const tasks = (): TaskTable => table(index);
  const computed = memoInSteps(
    bytesPerRow(9),
    function* (from: DatasetIndex, operand: Operand): Generator<void, Column> {
      if (operand.kind === 'group') {
        // What the figure is of may take long itself.
        if (operand.of !== undefined && operand.of.kind !== 'column') yield* from.computedInSteps(operand.of);
        return groupColumn(from, operand);
      }
      if (operand.kind === 'rank') return rankColumn(from, tasks());
      const valid = from.valid();
      const rows = { count: from.rowCount, isRollout: (row: number) => valid[row] === 1 };
      return yield* arithmeticColumn(operand, (part) => operandColumn(from, part).numbers(), rows);
    },
    printOperand,
  );
  const made = [lineColumn(index), fileColumn(index, fileNames), taskColumn(index, tasks, grouping)];
  const problems = rowSets === noRowSets ? [] : [problemsColumn(index, rowSets), severityColumn(index, rowSets)];
  const own = new Map(made.map((column) => [column.name, column]));
  const columns = untilGrown((): readonly Column[] => {
    const rank = (column: Column): number => (column.derived ? (order.get(column.name) ?? order.size) : order.size + 1);
    return [...own.values(), ...index.columns(), ...marks.columns(), ...paths.columns()].sort((a, b) => rank(a) - rank(b));
  });
  const whole: DatasetIndex = {
    get rowCount() {
      return index.rowCount;
    },
    get version() {
      return index.version + paths.version;
    },
    get changes() {
      return marks.version;
    },
    get invalidRows() {
      return index.invalidRows;
    },
    get unlistedKeys() {
      return index.unlistedKeys;
    },
    get rewrittenRows() {
      return index.rewrittenRows;
    },
    valid: () => index.valid(),
    columns: () => columns(whole),
    unlisted: () => problems,
    column: (name) =>
      own.get(name) ?? problems.find((column) => column.name === name) ?? index.column(name) ?? marks.column(name) ?? paths.column(name),
    fieldKinds: (key) => index.fieldKinds(key),
    names: (which) => index.names(which),
    get isHashed() {
      return index.isHashed;
    },
    hash: (of) => index.hash(of),
    place: (row) => index.place(row),
    rowAtLine: (file, line) => index.rowAtLine(file, line),
    readLine: (row) => index.readLine(row),
    readLines: (rows) => index.readLines(rows),
    readLineSlice: (row, start, end) => index.readLineSlice(row, start, end),
    tasks,
    numberTasks: () => numbering.readOn(),
    lacksTaskNames: (few) => lacksTaskNames(index, few),
    groupedBy,
    plan,
    computed: (operand) => computed(whole, operand),
    computedInSteps: (operand) => computed.steps(whole, operand),
    rowSets,
  };
  return whole;
}

/** Of an index about which nothing else is known. */
export const noRowSets: RowSets = {
  problemRules: () => [],
  problemRows: refuse,
  severityOf: refuse,
  textRows: refuse,
  starRows: refuse,
  tagRows: refuse,
};

function refuse(): never {
  throw new AppError('bad-input', 'This condition cannot be asked of these rows.');
}
