import { CellKind, type Column, type RowIndex } from '../index/types.ts';
import { requestHash } from './request-hash.ts';

/** What makes rollouts one task: equal keys. `label` is what people see; two agents may have a task of the same label. */
export interface TaskKey {
  readonly key: string;
  readonly label: string;
}

/** Fields that name a task where `_ng_task_index` does not, in the order in which they are asked. */
const explicitIds = ['task_id', 'problem_id', 'instance_id'] as const;

/**
 * Reads task keys: the agent with `_ng_task_index`, else the agent with the first explicit id, else the hash of the
 * request, else the row itself. Only the last two read the row's line, which takes about as long as parsing it.
 */
export class TaskKeyReader {
  private readonly agent: (row: number) => string | undefined;
  private readonly taskIndex: (row: number) => string | undefined;
  private readonly ids: readonly ((row: number) => string | undefined)[];

  constructor(private readonly index: RowIndex) {
    this.agent = scalarReader(index.column('agent'));
    this.taskIndex = scalarReader(index.column('_ng_task_index'));
    this.ids = explicitIds.map((name) => index.column(name)).flatMap((column) => (column ? [scalarReader(column)] : []));
  }

  read(row: number): TaskKey {
    const taskIndex = this.taskIndex(row);
    if (taskIndex !== undefined) return this.named('index', row, taskIndex);
    for (const id of this.ids) {
      const named = id(row);
      if (named !== undefined) return this.named('id', row, named);
    }
    const hash = requestHash(this.index.readLine(row));
    if (hash !== undefined) return { key: `hash ${hash}`, label: hash.slice(0, 12) };
    return { key: `row ${row}`, label: `line ${this.index.place(row).line}` };
  }

  /** Agents are written as JSON, so that none can look like another with a part of the name. */
  private named(kind: 'index' | 'id', row: number, name: string): TaskKey {
    const agent = this.agent(row);
    return { key: `${kind} ${agent === undefined ? '' : JSON.stringify(agent)} ${name}`, label: name };
  }
}

/** The text or number of a row as text; undefined where it has neither, or an empty text. */
function scalarReader(column: Column | undefined): (row: number) => string | undefined {
  if (!column) return () => undefined;
  const kinds = column.kinds();
  const numbers = column.numbers();
  const dictionary = column.codes();
  return (row) => {
    switch (kinds[row]) {
      case CellKind.number:
        return String(numbers[row]);
      case CellKind.exact:
        return column.text(row);
      case CellKind.string:
        return (dictionary ? dictionary.values[dictionary.codes[row] ?? -1] : column.text(row)) || undefined;
      default:
        return undefined;
    }
  };
}
