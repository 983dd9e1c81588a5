import type { JsonObject } from '#shared/model/json.ts';
import type { RowIndex } from '../index/types.ts';
import { readDataset } from '../index/read-dataset.ts';
import { parseRollout } from '../rollout/index.ts';
import { openSourceFile, type Source } from '../source/index.ts';
import type { FoundNeighbour } from './find.ts';
import { keyReader } from './keys.ts';

/** What planned inputs say of the task of a rollout. */
export interface PlannedTasks {
  /** Changes with what they say. */
  readonly version: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly fingerprint: string }[];
  /** The planned row of the rollout in a row; undefined where there is none. Fails with JsonDepthError and `changed`. */
  read(row: number): JsonObject | undefined;
}

/** The rows of a file of planned inputs by (task, rollout), read one by one; of equal keys the first. Holds the file open. */
class PlannedRows {
  private constructor(
    private readonly source: Source,
    private readonly index: RowIndex,
    private readonly rows: ReadonlyMap<string, number>,
  ) {}

  /** Fails where the file cannot be read. */
  static async open(path: string): Promise<PlannedRows> {
    const source = openSourceFile(path);
    try {
      const reading = readDataset([source]);
      await reading.done;
      const { index } = reading;
      const { key } = keyReader(index);
      const valid = index.valid();
      const rows = new Map<string, number>();
      for (let row = 0; row < index.rowCount; row++) {
        const named = valid[row] === 1 ? key(row) : undefined;
        if (named !== undefined && !rows.has(named)) rows.set(named, row);
      }
      return new PlannedRows(source, index, rows);
    } catch (error) {
      source.close();
      throw error;
    }
  }

  get fingerprint(): string {
    return this.source.fingerprint;
  }

  /** Fails with JsonDepthError, and with `changed` where the file did. */
  read(key: string): JsonObject | undefined {
    const row = this.rows.get(key);
    return row === undefined ? undefined : parseRollout(this.index.readLine(row));
  }

  close(): void {
    this.source.close();
  }
}

/** The plans of a dataset, held open as long as they are asked for. */
export class OpenPlans {
  /** By path, size and time of change. */
  private readonly opened = new Map<string, PlannedRows>();

  /** `main`: the rollouts. */
  constructor(private readonly main: RowIndex) {}

  /** `file`: that of the rollouts beside which a plan lies. Undefined without one. Fails where one cannot be read. */
  async open(found: readonly { readonly file: number; readonly found: FoundNeighbour }[]): Promise<PlannedTasks | undefined> {
    const plans = found.filter(({ found: { bytes } }) => bytes > 0);
    const names = plans.map(({ found }) => `${found.path}\n${found.bytes}\n${found.mtimeMs}`);
    const byFile: (PlannedRows | undefined)[] = [];
    const files: PlannedTasks['files'][number][] = [];
    for (const [i, { file, found }] of plans.entries()) {
      const name = names[i] ?? '';
      const rows = this.opened.get(name) ?? (await PlannedRows.open(found.path));
      this.opened.set(name, rows);
      byFile[file] = rows;
      files.push({ name: found.name, bytes: found.bytes, fingerprint: rows.fingerprint });
    }
    for (const [name, rows] of this.opened) if (!names.includes(name) && this.opened.delete(name)) rows.close();
    if (files.length === 0) return undefined;
    const { main } = this;
    const { key } = keyReader(main);
    return {
      version: names.join('\n'),
      files,
      read(row) {
        const named = key(row);
        return named === undefined ? undefined : byFile[main.place(row).file]?.read(named);
      },
    };
  }

  close(): void {
    for (const rows of this.opened.values()) rows.close();
    this.opened.clear();
  }
}
