import { CellKind, type Column, type RowIndex } from '../index/types.ts';
import { lineBytes } from '../index/line-bytes.ts';
import { requestHash } from './request-hash.ts';

/** What makes rollouts one task: the same name within the same scope (an agent and how it names tasks). */
export interface TaskKey {
  readonly scope: string;
  readonly name: string | number;
}

/** What people see of a task; two agents may have one of the same label. */
export function taskLabel({ scope, name }: TaskKey): string {
  if (scope === hashScope) return String(name).slice(0, 12);
  return scope.startsWith(rowScope) ? `line ${name}` : String(name);
}

/** Whether the row's line was read and parsed for it. */
export function isOfLine(key: TaskKey): boolean {
  return key.scope === hashScope || isOwnTask(key);
}

/** The row is its own task: nothing says which others belong to it. */
export function isOwnTask({ scope }: TaskKey): boolean {
  return scope.startsWith(rowScope);
}

const hashScope = 'hash';
const rowScope = 'row';
/** Fields that name a task where `_ng_task_index` does not, in the order in which they are asked. */
const explicitIds = ['task_id', 'problem_id', 'instance_id'] as const;

/** Unnamed rollouts that are read as fast as a slice takes. */
const fewRows = 500;
/** Of fewer than one in so many, the lines are read sooner than the hashes of all. */
const rareShare = 16;

/** Whether many rollouts are of no named task, so that numbering the tasks must tell their requests apart. `few`: how many are not. */
export function lacksTaskNames(index: RowIndex, few = fewRows): boolean {
  const infos = ['_ng_task_index', ...explicitIds].map((name) => index.column(name)?.info());
  const unnamed = infos.map((info) => (info ? info.missing + info.nulls : Infinity));
  const rollouts = index.rowCount - index.invalidRows.length;
  const count = Math.min(rollouts, ...unnamed);
  return count > few && count * rareShare > rollouts;
}

/** By the hashes of the index: the hash of each request that was read. */
const knownRequests = new WeakMap<RowIndex, Map<string, string | undefined>>();

/** What makes rollouts one task instead of their task index. */
export interface Grouping {
  /** Rollouts with equal requests are one task. */
  readonly isByRequest: boolean;
  /** Else those of one agent with the same value here; a row without one is its own task. */
  column(): Column | undefined;
}

type Reader = (row: number) => string | number | undefined;

/**
 * Reads task keys: the agent with `_ng_task_index`, else the agent with the first explicit id, else the hash of the
 * request, else the row itself. For the last two a line is read and parsed: one for each distinct request, told apart by the
 * hashes of the index, and each whose request has none of these, or not yet.
 */
export class TaskKeyReader {
  private readonly agent: Reader;
  private readonly taskIndex: Reader;
  private readonly ids: readonly Reader[];
  private readonly scopes = { index: new Map<string, string>(), id: new Map<string, string>() };

  private readonly prompts: Float64Array | undefined;
  private readonly tools: Float64Array | undefined;
  private readonly requestKinds: Uint8Array | undefined;
  private readonly requests: Map<string, string | undefined>;

  constructor(
    private readonly index: RowIndex,
    private readonly grouping?: Grouping,
  ) {
    this.prompts = index.isHashed ? index.hash('prompt') : undefined;
    this.tools = index.isHashed ? index.hash('tools') : undefined;
    this.requestKinds = index.fieldKinds('responses_create_params');
    this.requests = knownRequests.get(index) ?? new Map<string, string | undefined>();
    knownRequests.set(index, this.requests);
    this.agent = scalarReader(index.column('agent'));
    // By values of another column, or by requests alone, when someone says so.
    this.taskIndex = scalarReader(grouping ? undefined : index.column('_ng_task_index'));
    const ids = grouping ? [grouping.column()] : explicitIds.map((name) => index.column(name));
    this.ids = ids.flatMap((column) => (column ? [scalarReader(column)] : []));
  }

  read(row: number): TaskKey {
    const taskIndex = this.taskIndex(row);
    if (taskIndex !== undefined) return { scope: this.scope('index', row), name: taskIndex };
    for (const id of this.ids) {
      const name = id(row);
      if (name !== undefined) return { scope: this.scope('id', row), name };
    }
    const hash = this.grouping && !this.grouping.isByRequest ? undefined : this.requestOf(row);
    if (hash !== undefined) return { scope: hashScope, name: hash };
    const { file, line } = this.index.place(row);
    return { scope: `${rowScope} of file ${file}`, name: line };
  }

  /** As requestHash says of the line. */
  private requestOf(row: number): string | undefined {
    if (this.requestKinds?.[row] !== CellKind.object) return undefined;
    const prompt = this.prompts?.[row];
    if (prompt === undefined || Number.isNaN(prompt)) return requestHash(lineBytes(this.index, row));
    const request = `${prompt} ${this.tools?.[row]}`;
    const known = this.requests.get(request);
    if (known !== undefined || this.requests.has(request)) return known;
    const hash = requestHash(lineBytes(this.index, row));
    this.requests.set(request, hash);
    return hash;
  }

  private scope(kind: 'index' | 'id', row: number): string {
    const agent = this.agent(row) ?? '';
    const known = this.scopes[kind];
    let scope = known.get(String(agent));
    if (scope === undefined) known.set(String(agent), (scope = `${kind} of agent ${agent}`));
    return scope;
  }
}

/** The text or number of a row; undefined where it has neither, or an empty text. An exact number is its digits. */
function scalarReader(column: Column | undefined): Reader {
  if (!column) return () => undefined;
  const kinds = column.kinds();
  const numbers = column.numbers();
  const dictionary = column.codes();
  return (row) => {
    switch (kinds[row]) {
      case CellKind.number:
        return numbers[row];
      case CellKind.exact:
        return column.text(row);
      case CellKind.string:
        return (dictionary ? dictionary.values[dictionary.codes[row] ?? -1] : column.text(row)) || undefined;
      default:
        return undefined;
    }
  };
}
