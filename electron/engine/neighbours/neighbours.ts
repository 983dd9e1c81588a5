import { AppError } from '#shared/errors.ts';
import type { Neighbour, NeighbourKind } from '#shared/model/neighbour.ts';
import { type Column, NO_CODE, type RowIndex } from '../index/types.ts';
import { denseColumn, denseNumbers, denseStrings } from '../select/dense-column.ts';
import { findNeighbours, type FoundNeighbour } from './find.ts';
import {
  countPlanned,
  countVerdicts,
  type FileKeys,
  isPlanStale,
  joinFailures,
  joinPlan,
  type PlannedCount,
  refuseVerdicts,
} from './join.ts';
import { keyReader } from './keys.ts';
import { OpenPlans, type PlannedTasks } from './planned-tasks.ts';
import { type Contents, type Planned, readNeighbour } from './read.ts';

/** A file of the dataset. */
export interface MainFile {
  readonly path: string;
  readonly name: string;
  readonly mtimeMs: number;
}

interface Known {
  readonly file: number;
  readonly found: FoundNeighbour;
  isEnabled: boolean;
  contents: Contents | undefined;
}

/** Kinds that give columns: read with the dataset. The others are read when someone asks. */
const columnKinds: readonly NeighbourKind[] = ['failures', 'verdicts', 'quality-summary'];
/** Written when all rollouts were there: one that is older than the file is of an earlier state of it. */
const isOfTheEnd = (kind: NeighbourKind): boolean => kind !== 'materialized-inputs';

const noContents: Contents = { rows: 0 };
const noAttempts: ReadonlyMap<string, number> = new Map();

/** What Gym wrote beside the files of a dataset, joined to its rows by (task, rollout) within each file. */
export class Neighbours {
  /** Changes with the columns. */
  version = 0;
  private known: Known[] = [];
  private readonly disabled = new Set<string>();
  private made: { readonly version: string; readonly columns: readonly Column[] } | undefined;
  private plan: { readonly version: string; readonly count: PlannedCount | undefined } | undefined;
  private keys: { version: number; byFile: FileKeys[] } | undefined;

  private readonly plans: OpenPlans;

  constructor(
    private readonly index: RowIndex,
    private readonly files: readonly MainFile[],
  ) {
    this.plans = new OpenPlans(index);
  }

  /** Reads what gives columns. */
  async load(): Promise<void> {
    this.find();
    await this.read(columnKinds);
  }

  /** All that are there now, read as far as they are enabled. */
  async list(): Promise<Neighbour[]> {
    this.find();
    await this.read();
    return this.known.map((known) => this.describe(known));
  }

  /** Planned rollouts of all files together; undefined unless each file has a plan that knows all of its rollouts. */
  async planned(): Promise<PlannedCount | undefined> {
    this.find();
    await this.read(['materialized-inputs']);
    const version = this.planVersion;
    if (this.plan?.version !== version) this.plan = { version, count: this.countPlanned() };
    return this.plan.count;
  }

  /** The same as far as it has been read. */
  plannedSoFar(): { version: string; count: PlannedCount } | undefined {
    const { plan } = this;
    return plan?.version === this.planVersion && plan.count ? { version: plan.version, count: plan.count } : undefined;
  }

  /** What the plans that are there and joined say of tasks; undefined where there is none. */
  async plannedTasks(): Promise<PlannedTasks | undefined> {
    this.find();
    return await this.plans.open(this.known.filter(({ found, isEnabled }) => found.kind === 'materialized-inputs' && isEnabled));
  }

  close(): void {
    this.plans.close();
  }

  /** Changes with what was planned and with the rows it is held against. */
  get planVersion(): string {
    return `${this.index.version} ${this.version}`;
  }

  private countPlanned(): PlannedCount | undefined {
    const plans = this.files.map((_, file) => this.contentsOf(file, 'materialized-inputs')?.planned);
    const whole: Planned[] = [];
    for (const [file, plan] of plans.entries()) {
      if (plan === undefined || isPlanStale(plan, this.keysOf(file))) return undefined;
      for (const each of plan) whole.push(each);
    }
    return countPlanned(whole);
  }

  /** Switches one on or off; `file` is the name of its file in the dataset. Fails with not-found. */
  async set(file: string, kind: NeighbourKind, isEnabled: boolean): Promise<void> {
    const known = this.known.find((each) => each.found.kind === kind && this.files[each.file]?.name === file);
    if (!known) throw new AppError('not-found', `There is no ${kind} file beside ${file}.`);
    if (isEnabled) this.disabled.delete(nameOf(known));
    else this.disabled.add(nameOf(known));
    known.isEnabled = isEnabled;
    this.version++;
    await this.read(columnKinds);
  }

  /** `failure_attempts` and `verdict`, where a file that is joined gives them. A field of the rollouts keeps its name. */
  columns(): readonly Column[] {
    const version = `${this.index.version} ${this.version}`;
    if (this.made?.version !== version) this.made = { version, columns: this.makeColumns() };
    return this.made.columns;
  }

  column(name: string): Column | undefined {
    return this.columns().find((column) => column.name === name);
  }

  private makeColumns(): Column[] {
    const columns: Column[] = [];
    if (this.known.some((known) => this.failuresOf(known.file) !== undefined)) columns.push(this.failureColumn());
    if (this.known.some((known) => this.verdictsOf(known.file) !== undefined)) columns.push(this.verdictColumn());
    return columns;
  }

  private find(): void {
    const before = new Map(this.known.map((known) => [nameOf(known), known]));
    let isOther = false;
    this.known = this.files.flatMap(({ path }, file) =>
      findNeighbours(path).map((found): Known => {
        const known: Known = { file, found, isEnabled: true, contents: undefined };
        known.isEnabled = !this.disabled.has(nameOf(known));
        const same = before.get(nameOf(known));
        if (same?.found.bytes === found.bytes && same.found.mtimeMs === found.mtimeMs) return same;
        isOther = true;
        return known;
      }),
    );
    if (isOther || this.known.length !== before.size) this.version++;
  }

  private async read(kinds?: readonly NeighbourKind[]): Promise<void> {
    for (const known of this.known) {
      if (!known.isEnabled || known.contents || kinds?.includes(known.found.kind) === false) continue;
      known.contents = await readNeighbour(known.found);
      this.version++;
    }
  }

  private describe(known: Known): Neighbour {
    const { file, found, isEnabled, contents = noContents } = known;
    const [main, keys] = [this.files[file], this.keysOf(file)];
    const older = isOfTheEnd(found.kind) && main !== undefined && found.mtimeMs < main.mtimeMs;
    const described = {
      kind: found.kind,
      file: main?.name ?? '',
      name: found.name,
      bytes: found.bytes,
      modifiedAt: new Date(found.mtimeMs).toISOString(),
      stale: older || (isEnabled && contents.planned !== undefined && isPlanStale(contents.planned, keys)),
      enabled: isEnabled,
    };
    if (!isEnabled) return described;
    const refused = contents.verdicts && refuseVerdicts(contents.verdicts, this.checkedRecords(file), keys);
    const problem = contents.problem ?? refused;
    return {
      ...described,
      rows: contents.rows,
      ...(contents.planned && { plan: joinPlan(contents.planned, keys, this.failuresOf(file) ?? noAttempts) }),
      ...(contents.failures && { failures: joinFailures(contents.failures, contents.failureClasses ?? {}, keys) }),
      ...(contents.verdicts && refused === undefined && { verdicts: countVerdicts(this.verdictsOfRows(file)) }),
      ...(problem !== undefined && { problem }),
    };
  }

  private contentsOf(file: number, kind: NeighbourKind): Contents | undefined {
    return this.known.find((known) => known.file === file && known.found.kind === kind && known.isEnabled)?.contents;
  }

  private failuresOf(file: number): ReadonlyMap<string, number> | undefined {
    return this.contentsOf(file, 'failures')?.failures;
  }

  private checkedRecords(file: number): number | undefined {
    return this.contentsOf(file, 'quality-summary')?.checkedRecords;
  }

  /** Those of a file, if they are of it. */
  private verdictsOf(file: number): ReadonlyMap<string, string> | undefined {
    const verdicts = this.contentsOf(file, 'verdicts')?.verdicts;
    return verdicts && refuseVerdicts(verdicts, this.checkedRecords(file), this.keysOf(file)) === undefined ? verdicts : undefined;
  }

  private *verdictsOfRows(file: number): Generator<string | undefined> {
    const { index } = this;
    const { key } = keyReader(index);
    const verdicts = this.verdictsOf(file);
    const valid = index.valid();
    for (let row = 0; row < index.rowCount; row++) {
      if (valid[row] === 1 && index.place(row).file === file) yield verdicts?.get(key(row) ?? '');
    }
  }

  private keysOf(file: number): FileKeys {
    if (this.keys?.version !== this.index.version) this.keys = { version: this.index.version, byFile: this.readKeys() };
    return this.keys.byFile[file] ?? { keys: new Set(), lines: 0, keyless: 0 };
  }

  private readKeys(): FileKeys[] {
    const { index } = this;
    const byFile = this.files.map(() => ({ keys: new Set<string>(), lines: 0, keyless: 0 }));
    const { key } = keyReader(index);
    const valid = index.valid();
    for (let row = 0; row < index.rowCount; row++) {
      const counts = byFile[index.place(row).file];
      if (!counts) continue;
      counts.lines++;
      const named = valid[row] === 1 ? key(row) : undefined;
      if (named === undefined) counts.keyless++;
      else counts.keys.add(named);
    }
    return byFile;
  }

  private failureColumn(): Column {
    const maps = this.files.map((_, file) => this.failuresOf(file));
    return this.joined(
      'failure_attempts',
      'number',
      maps,
      (valueOf) => {
        const numbers = new Float64Array(this.index.rowCount);
        for (let row = 0; row < numbers.length; row++) numbers[row] = valueOf(row) ?? NaN;
        return denseNumbers(numbers, 'number');
      },
      0,
    );
  }

  private verdictColumn(): Column {
    const maps = this.files.map((_, file) => this.verdictsOf(file));
    return this.joined('verdict', 'string', maps, (valueOf) => {
      const texts = new Map<string, number>();
      const codes = new Uint32Array(this.index.rowCount);
      for (let row = 0; row < codes.length; row++) {
        const text = valueOf(row);
        if (text !== undefined && !texts.has(text)) texts.set(text, texts.size);
        codes[row] = text === undefined ? NO_CODE : (texts.get(text) ?? NO_CODE);
      }
      return denseStrings(codes, [...texts.keys()]);
    });
  }

  /** A column of what maps hold of the rows of their files; `absent` where a key is in none of them, if its file has a map. */
  private joined<T extends number | string>(
    name: string,
    kind: 'number' | 'string',
    maps: readonly (ReadonlyMap<string, T> | undefined)[],
    spread: (valueOf: (row: number) => T | undefined) => ReturnType<typeof denseStrings>,
    absent?: T,
  ): Column {
    const { index } = this;
    const valid = index.valid();
    const { key } = keyReader(index);
    const valueOf = (row: number): T | undefined => {
      const map = valid[row] === 1 ? maps[index.place(row).file] : undefined;
      const named = map && key(row);
      return map === undefined || named === undefined ? undefined : (map.get(named) ?? absent);
    };
    let values: ReturnType<typeof denseStrings> | undefined;
    const dense = (): ReturnType<typeof denseStrings> => (values ??= spread(valueOf));
    const counts = (): { present: number; missing: number } => {
      const present = dense().kinds.reduce((sum, each) => sum + (each === 0 ? 0 : 1), 0);
      return { present, missing: index.rowCount - index.invalidRows.length - present };
    };
    const shown = index.column(name) ? `neighbour.${name}` : name;
    return denseColumn({ name: shown, kind, counts, values: dense, cell: valueOf });
  }
}

function nameOf({ file, found }: Known): string {
  return `${file}\n${found.kind}`;
}
