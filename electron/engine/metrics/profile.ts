import { limits } from '#shared/limits.ts';
import type { Figures, ProfileAgent, ProfileCounts, ProfileGroup } from '#shared/model/profile.ts';
import type { Filter } from '#shared/model/query.ts';
import { CellKind } from '../index/types.ts';
import { filterRows, requireColumn } from '../query/index.ts';
import type { DatasetIndex } from '../select/index.ts';
import { type AnswerReader, answerReader } from './answers.ts';
import { describe, figures } from './describe.ts';
import { type GymField, gymFields } from './gym-fields.ts';
import { type GymAgent, type GymGroup, type GymRows, gymRows } from './gym-rows.ts';
import { PassStatistics } from './pass.ts';

export interface ProfileOptions {
  /** Column of the extracted answer: asks for `majority@k` and `no_answer`. */
  readonly answer?: string | undefined;
  /** Column whose values divide the tasks: asks for `pass` of each part, as `<value>/pass@k/accuracy`. */
  readonly subset?: string | undefined;
  /** Rollouts that were planned of a task, where the materialized inputs are known. */
  readonly expected?: ((task: string, agent: string | undefined) => number | undefined) | undefined;
}

// Rows and cells are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** A profile whose groups are worked out while they are gone through, which can be done again. */
export interface ProfileReading extends ProfileCounts {
  readonly agents: readonly ProfileAgent[];
  readonly groupCount: number;
  groups(): Generator<ProfileGroup>;
  /** The same as JSON: for millions of groups objects take ten times as long. */
  jsonGroups(): Generator<string>;
}

/** Figures that are held at a time: 8 bytes each. */
const blockFigures = 4_000_000;

/**
 * Gym's own statistics (`nemo_gym/reward_profile.py`) of the rollouts that the conditions keep. Two rules of ours: a number
 * beyond float64 counts as missing, and `pass` ends at k = 1024. Fails with bad-input on a wrong condition or column.
 */
export function profileRollouts(index: DatasetIndex, conditions: Filter, options: ProfileOptions = {}): ProfileReading {
  const rows = gymRows(index, filterRows(index, conditions));
  const fields = gymFields(index);
  const readAnswers = options.answer === undefined ? undefined : answerReader(index, options.answer);
  const subsetOf = options.subset === undefined ? undefined : subsetReader(index, options.subset);
  const described = new FigureTable(
    rows.agents.map((agent) => agent.rows),
    fields,
  );
  const reward = fields.find(({ name }) => name === 'reward')?.numbers();
  const { ungrouped, masked, failed, superseded, duplicates } = rows;
  return {
    agents: rows.agents.map((agent, i) => ({
      ...named(agent),
      rollouts: agent.rows.length,
      tasks: agent.groups.length,
      ...described.figuresOf(i),
      ...coverage(agent),
      ...passOf(agent, reward, readAnswers, subsetOf),
    })),
    groupCount: rows.agents.reduce((sum, { groups }) => sum + groups.length, 0),
    groups: () => describeGroups(rows, fields, options, (head, table, i) => ({ ...head, ...table.figuresOf(i) })),
    jsonGroups: () => describeGroups(rows, fields, options, (head, table, i) => `${JSON.stringify(head).slice(0, -1)}${table.jsonOf(i)}}`),
    ungrouped,
    masked,
    failed,
    superseded,
    duplicates,
  };
}

function named({ name }: GymAgent): { agent?: string } {
  return name === undefined ? {} : { agent: name };
}

/** Gym 0.7: only where anything is masked. */
function coverage({ rows, groups, masked, maskedTasks }: GymAgent): Figures {
  if (masked === 0) return {};
  return {
    'coverage/measured_rollouts': rows.length,
    'coverage/masked_rollouts': masked,
    'coverage/measured_tasks': groups.length,
    'coverage/fully_masked_tasks': maskedTasks,
  };
}

/** The figures of several lists of rows: all lists field by field, so that one field is held at a time. */
class FigureTable {
  private readonly cells: Float64Array;
  private readonly names: readonly `${string}/${string}`[];
  /** The names as JSON. */
  private readonly keys: readonly string[];

  constructor(lists: readonly Uint32Array[], fields: readonly GymField[]) {
    this.names = fields.flatMap(({ name }) => figures.map((figure) => `${figure}/${name}` as const));
    this.keys = this.names.map((name) => JSON.stringify(name));
    this.cells = new Float64Array(lists.length * this.names.length);
    const found = new Float64Array(lists.reduce((most, { length }) => Math.max(most, length), 0));
    for (const [field, { numbers }] of fields.entries()) {
      const values = numbers();
      for (const [i, rows] of lists.entries()) this.describe(found, values, rows, i * this.names.length + field * figures.length);
    }
  }

  /** A single rollout deviates by 0; a single value of several rollouts has no deviation. */
  private describe(found: Float64Array, values: Float64Array, rows: Uint32Array, at: number): void {
    let count = 0;
    for (let i = 0; i < rows.length; i++) {
      const value = values[rows[i]!]!;
      if (Number.isFinite(value)) found[count++] = value;
    }
    describe(found, count, this.cells, at);
    if (count === 1 && rows.length === 1) this.cells[at + figures.indexOf('std')] = 0;
  }

  figuresOf(list: number): Figures {
    const of: Record<`${string}/${string}`, number> = {};
    this.forEach(list, (name, value) => (of[this.names[name]!] = value));
    return of;
  }

  /** The same as members of a JSON object, each with a comma before it. */
  jsonOf(list: number): string {
    let text = '';
    this.forEach(list, (name, value) => (text += `,${this.keys[name]!}:${value}`));
    return text;
  }

  private forEach(list: number, visit: (name: number, value: number) => void): void {
    const first = list * this.names.length;
    for (let i = 0; i < this.names.length; i++) if (!Number.isNaN(this.cells[first + i]!)) visit(i, this.cells[first + i]!);
  }
}

/** Groups in blocks, a field at a time within each, so that neither all figures nor all fields are held at once. */
function* describeGroups<T>(
  { agents }: GymRows,
  fields: readonly GymField[],
  { expected }: ProfileOptions,
  show: (head: ProfileGroup, table: FigureTable, at: number) => T,
): Generator<T> {
  const blockSize = Math.max(1, Math.floor(blockFigures / (figures.length * Math.max(1, fields.length))));
  for (const agent of agents) {
    for (let start = 0; start < agent.groups.length; start += blockSize) {
      const block = agent.groups.slice(start, start + blockSize);
      const table = new FigureTable(
        block.map(({ rows }) => rows),
        fields,
      );
      for (const [i, group] of block.entries()) {
        const head = { ...named(agent), _ng_task_index: group.taskIndex, num_rollouts: group.rows.length };
        const planned = expected?.(String(group.taskIndex), agent.name);
        yield show(planned === undefined ? head : { ...head, ...completion(group, planned) }, table, i);
      }
    }
  }
}

/** A masked rollout is neither expected nor missing. */
function completion({ rows, masked }: GymGroup, planned: number) {
  const expected = planned - masked;
  return {
    expected_num_rollouts: expected,
    missing_num_rollouts: expected - rows.length,
    reward_profile_completion_pct: expected === 0 ? 100 : (100 * rows.length) / expected,
  };
}

function passOf(
  { groups }: GymAgent,
  reward: Float64Array | undefined,
  readAnswers: AnswerReader | undefined,
  subsetOf: ((group: GymGroup) => string | undefined) | undefined,
): Pick<ProfileAgent, 'pass' | 'largestK'> {
  const statistics = (): PassStatistics => new PassStatistics(readAnswers !== undefined, limits.passK);
  const whole = statistics();
  const parts = new Map<string, PassStatistics>();
  for (const group of groups) {
    const scores: number[] = [];
    for (let i = 0; i < group.rows.length; i++) scores.push(reward?.[group.rows[i]!] ?? Number.NaN);
    const answers = readAnswers?.(group.rows);
    whole.add(scores, answers);
    const part = subsetOf?.(group);
    if (part === undefined) continue;
    const known = parts.get(part) ?? statistics();
    parts.set(part, known);
    known.add(scores, answers);
  }
  const { values, perSample } = whole.result();
  const ofParts = [...parts].flatMap(([part, each]) =>
    Object.entries(each.result().values).map(([name, value]) => [`${part}/${name}`, value] as const),
  );
  return {
    ...(whole.longest > limits.passK && { largestK: limits.passK }),
    pass: { ...values, ...Object.fromEntries(ofParts), ...(groups.length > 0 && { per_sample_aggregate: perSample }) },
  };
}

/** What a task is called by: the first value of its rollouts that is not empty, 0 or false. */
function subsetReader(index: DatasetIndex, name: string): (group: GymGroup) => string | undefined {
  const column = requireColumn(index, name);
  const kinds = column.kinds();
  const numbers = column.numbers();
  return ({ rows }) => {
    for (const row of rows) {
      const kind = kinds[row];
      if (kind === CellKind.string || kind === CellKind.exact) {
        const text = column.text(row);
        if (text) return text;
      } else if (numbers[row]) return kind === CellKind.boolean ? 'True' : String(numbers[row]);
    }
    return undefined;
  };
}
