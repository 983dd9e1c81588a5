import { createHash } from 'node:crypto';
import { userInfo } from 'node:os';
import { AppError } from '#shared/errors.ts';
import type { MarkSet, MarksSummary } from '#shared/model/marks.ts';
import { type DatasetIndex, NO_TASK } from '../select/index.ts';
import type { MarkKey, MarkLine, MarksFile } from './marks-file.ts';
import type { Sidecar } from './sidecar.ts';

// Rows are below rowCount, the length of all dense arrays, so their entries are never undefined: that is what `!` stands for.

/** What a rollout was given. */
export interface Mark {
  readonly star: boolean;
  readonly tags: readonly string[];
  readonly note: string;
  /** Its line is another than the one that was marked. */
  readonly carriedOver: boolean;
}

/** All that was set for one rollout: the same key and hash. */
export interface Marked {
  readonly key: MarkKey;
  readonly set: MarkSet;
  /** Of the last line. */
  readonly at: MarkLine['at'];
  readonly by: string | undefined;
}

/** A mark that was found to be of a row. */
export interface Placement {
  /** Of the key and hash. */
  readonly id: string;
  readonly row: number;
  readonly carriedOver: boolean;
  readonly set: MarkSet;
}

/** The marks of a dataset, one sidecar a file, and the rows they are of. */
export class MarkTable {
  /** Changes with the marks. */
  version = 0;
  /** By row. */
  marks: ReadonlyMap<number, Mark> = new Map();
  /** Marks of no row, or of several. */
  lost: readonly Marked[] = [];
  /** Where the marks belong that were read. */
  placements: readonly Placement[] = [];
  private done = 0;
  private rewritten = 0;
  private readonly wanted: readonly Map<string, Marked>[];
  /** By file: rows whose key some mark has. */
  private readonly found: Map<string, number[]>[];

  constructor(
    private readonly index: DatasetIndex,
    files: readonly Pick<MarksFile, 'lines'>[],
  ) {
    this.wanted = files.map(({ lines }) => lastOfEach(lines));
    this.found = files.map(() => new Map());
  }

  get isEmpty(): boolean {
    return this.wanted.every((marks) => marks.size === 0);
  }

  /** Whether every row there is was looked at. */
  get isWhole(): boolean {
    return this.isEmpty || (this.done >= this.index.rowCount && this.rewritten === this.index.rewrittenRows.length);
  }

  /** Finds the rows, in steps. The tasks must have been numbered. */
  *readOn(): Generator<void, void> {
    if (this.isWhole) return;
    if (this.rewritten !== this.index.rewrittenRows.length) {
      this.rewritten = this.index.rewrittenRows.length;
      this.done = 0;
      for (const found of this.found) found.clear();
    }
    const keys = this.wanted.map((marks) => new Set([...marks.values()].map(({ key }) => placeKey(key))));
    const keyOf = rowKeys(this.index);
    const valid = this.index.valid();
    while (this.done < this.index.rowCount) {
      const row = this.done++;
      const { file } = this.index.place(row);
      if (valid[row] === 1 && keys[file]?.size) {
        const key = placeKey(keyOf(row));
        if (keys[file].has(key)) this.found[file]?.set(key, [...(this.found[file].get(key) ?? []), row]);
      }
      if (row % 64 === 0) yield;
    }
    yield* this.settle();
  }

  /**
   * Sets marks of a rollout, once `write` has kept them. A mark that was carried over is written whole, for the line as it is
   * now. Fails with bad-input where the row is no rollout or the marks were not read, and as `write` does.
   */
  set(row: number, set: MarkSet, write: (line: MarkLine) => void): void {
    if (this.index.valid()[row] !== 1) throw new AppError('bad-input', 'An invalid line is no rollout: it takes no marks.');
    if (!this.isWhole) throw new AppError('bad-input', 'The marks of this file have not been read yet. Try again when it has been read.');
    const before = this.marks.get(row);
    const key = this.keyOf(row);
    const whole = before && { star: before.star, tags: [...before.tags], note: before.note };
    const line: MarkLine = {
      v: 1,
      at: new Date().toISOString(),
      by: userName(),
      key,
      set: before?.carriedOver ? { ...whole, ...set } : set,
    };
    write(line);
    const merged = { star: false, tags: [], note: '', ...whole, ...definedFields(set), carriedOver: false };
    const { file } = this.index.place(row);
    this.wanted[file]?.set(markId(key), { key, set: merged, at: line.at, by: line.by });
    this.done = this.index.rowCount;
    this.rewritten = this.index.rewrittenRows.length;
    this.found[file]?.set(placeKey(key), [...new Set([...(this.found[file].get(placeKey(key)) ?? []), row])]);
    this.marks = new Map(this.marks).set(row, merged);
    this.version++;
  }

  private *settle(): Generator<void, void> {
    const marks = new Map<number, Mark>();
    const lost: Marked[] = [];
    const placements: Placement[] = [];
    for (const [file, wanted] of this.wanted.entries()) {
      for (const [id, marked] of wanted) {
        const { key, set } = marked;
        const rows = this.found[file]?.get(placeKey(key)) ?? [];
        let row: number | undefined;
        for (const candidate of rows) {
          if (row === undefined && key.hash !== undefined && this.hashOf(candidate) === key.hash) row = candidate;
          yield;
        }
        const carriedOver = row === undefined;
        if (carriedOver && rows.length === 1) [row] = rows;
        if (row === undefined) {
          lost.push(marked);
          continue;
        }
        placements.push({ id, row, carriedOver, set });
        if (!carriedOver || !marks.has(row)) {
          marks.set(row, { star: set.star ?? false, tags: set.tags ?? [], note: set.note ?? '', carriedOver });
        }
      }
    }
    this.marks = marks;
    this.lost = lost;
    this.placements = placements;
    this.version++;
  }

  /** What names a row in a mark. */
  keyOf(row: number): MarkKey {
    return { ...rowKeys(this.index)(row), hash: this.hashOf(row) };
  }

  private hashOf(row: number): string {
    return createHash('sha256').update(this.index.readLine(row)).digest('hex');
  }
}

/** What names a rollout in a mark: a task that is a line of its own has no name that lasts. */
function placeKey({ agent, task, rollout }: MarkKey): string {
  const name = task === undefined || /^line \d+$/.test(String(task)) ? null : String(task);
  return JSON.stringify([agent ?? null, name, rollout ?? null]);
}

function rowKeys(index: DatasetIndex): (row: number) => MarkKey {
  const tasks = index.tasks();
  const [agents, rollouts] = [index.column('agent'), index.column('rollout')?.numbers()];
  return (row) => {
    const task = tasks.taskOf[row]!;
    const rollout = rollouts?.[row] ?? Number.NaN;
    const [agent, label] = [agents?.text(row), task === NO_TASK ? undefined : tasks.label(task)];
    return {
      ...(agent !== undefined && { agent }),
      ...(label !== undefined && { task: label }),
      ...(Number.isFinite(rollout) && { rollout }),
    };
  };
}

export function markId(key: MarkKey): string {
  return JSON.stringify([placeKey(key), key.hash ?? null]);
}

function definedFields(set: MarkSet): { star?: boolean; tags?: string[]; note?: string } {
  const { star, tags, note } = set;
  return { ...(star !== undefined && { star }), ...(tags !== undefined && { tags }), ...(note !== undefined && { note }) };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return ''; // a user without a name, as in some containers
  }
}

/** The last one wins, field by field. */
function lastOfEach(lines: MarksFile['lines']): Map<string, Marked> {
  const marked = new Map<string, Marked>();
  for (const { key, set, at, by } of lines) {
    const id = markId(key);
    marked.set(id, { key, set: { ...marked.get(id)?.set, ...set }, at, by });
  }
  return marked;
}

/** What is said of the marks of a dataset; nothing where there never were any. */
export function describeMarks(table: MarkTable, sidecars: readonly Sidecar[]): { marks?: MarksSummary } {
  const files = sidecars.map(({ file }) => file);
  const aside = sidecars.flatMap((sidecar) => sidecar.aside ?? []);
  const unreadableLines = files.reduce((sum, { unreadable }) => sum + unreadable.length, 0);
  const [error] = files.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  if (table.isEmpty && aside.length === 0 && unreadableLines === 0 && error === undefined) return {};
  const all = [...table.marks.values()];
  const carriedOver = all.filter((mark) => mark.carriedOver).length;
  return {
    marks: {
      rollouts: all.length,
      carriedOver,
      lost: table.lost.length,
      unreadableLines,
      ...(sidecars.some(({ isElsewhere }) => isElsewhere) && { inDataFolder: true }),
      ...(aside.length > 0 && { aside }),
      ...(error !== undefined && { error }),
    },
  };
}
