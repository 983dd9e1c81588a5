import type { Figures, ProfileAgent, ProfileCounts, ProfileGroup } from '#shared/model/profile.ts';
import type { Filter } from '#shared/model/query.ts';
import { CellKind } from '../index/types.ts';
import { filterRows, requireColumn } from '../query/index.ts';
import type { DatasetIndex } from '../select/index.ts';
import { type AnswerReader, answerReader } from './answers.ts';
import { describe } from './describe.ts';
import { type GymField, gymFields } from './gym-fields.ts';
import { type GymAgent, type GymGroup, type GymRows, gymRows } from './gym-rows.ts';
import { PassStatistics } from './pass.ts';

export interface ProfileOptions {
  /** Column of the extracted answer: asks for `majority@k` and `no_answer`. */
  readonly answer?: string | undefined;
  /** Column whose values divide the tasks: asks for `pass` of each part, as `<value>/pass@k/accuracy`. */
  readonly subset?: string | undefined;
  /** Rollouts that were planned of a task, where the materialized inputs are known. */
  readonly expected?: (taskIndex: number | string, agent: string | undefined) => number | undefined;
}

/** A profile whose groups are worked out while they are gone through, which can be done again. */
export interface ProfileReading extends ProfileCounts {
  readonly agents: readonly ProfileAgent[];
  readonly groupCount: number;
  groups(): Generator<ProfileGroup>;
}

/** More would be a list longer than anyone's rollouts of a task. */
const mostK = 1024;
/** Figures that are held at a time: 8 bytes each. */
const blockFigures = 4_000_000;
const figures = ['mean', 'max', 'min', 'median', 'std'] as const;

/**
 * Gym's own statistics (`nemo_gym/reward_profile.py`) of the rollouts that the conditions keep. Two rules of ours: a number
 * beyond float64 counts as missing, and `pass` ends at k = 1024. Fails with bad-input on a wrong condition or column.
 */
export function profileRollouts(index: DatasetIndex, conditions: Filter, options: ProfileOptions = {}): ProfileReading {
  const rows = gymRows(index, filterRows(index, conditions));
  const fields = gymFields(index);
  const readAnswers = options.answer === undefined ? undefined : answerReader(index, options.answer);
  const subsetOf = options.subset === undefined ? undefined : subsetReader(index, options.subset);
  const described = rows.agents.map(() => new Map<string, number>());
  for (const { name, numbers } of fields) {
    const values = numbers();
    rows.agents.forEach((agent, i) => describeInto(described[i], name, values, agent.rows));
  }
  const reward = fields.find(({ name }) => name === 'reward')?.numbers();
  const { ungrouped, masked, failed, superseded, duplicates } = rows;
  return {
    agents: rows.agents.map((agent, i) => ({
      ...named(agent),
      rollouts: agent.rows.length,
      tasks: agent.groups.length,
      ...Object.fromEntries(described[i] ?? []),
      ...coverage(agent),
      ...passOf(agent, reward, readAnswers, subsetOf),
    })),
    groupCount: rows.agents.reduce((sum, { groups }) => sum + groups.length, 0),
    groups: () => describeGroups(rows, fields, options),
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

/** Adds the figures of a field over some rows. A single rollout deviates by 0; a single value of several has no `std`. */
function describeInto(into: Map<string, number> | undefined, field: string, numbers: Float64Array, rows: Uint32Array): void {
  const values = new Float64Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = numbers[rows[i] ?? 0] ?? Number.NaN;
    if (Number.isFinite(value)) values[count++] = value;
  }
  const description = describe(values.subarray(0, count));
  if (!description || !into) return;
  const { std = rows.length === 1 ? 0 : undefined, ...others } = description;
  for (const figure of figures) {
    const value = figure === 'std' ? std : others[figure];
    if (value !== undefined) into.set(`${figure}/${field}`, value);
  }
}

/** Groups in blocks, a field at a time within each, so that neither all figures nor all fields are held at once. */
function* describeGroups({ agents }: GymRows, fields: readonly GymField[], { expected }: ProfileOptions): Generator<ProfileGroup> {
  const blockSize = Math.max(1, Math.floor(blockFigures / (figures.length * Math.max(1, fields.length))));
  for (const agent of agents) {
    for (let start = 0; start < agent.groups.length; start += blockSize) {
      const block = agent.groups.slice(start, start + blockSize);
      const described = block.map(() => new Map<string, number>());
      for (const { name, numbers } of fields) {
        const values = numbers();
        block.forEach((group, i) => describeInto(described[i], name, values, group.rows));
      }
      for (const [i, group] of block.entries()) {
        yield {
          ...named(agent),
          _ng_task_index: group.taskIndex,
          num_rollouts: group.rows.length,
          ...completion(group, expected?.(group.taskIndex, agent.name)),
          ...Object.fromEntries(described[i] ?? []),
        };
      }
    }
  }
}

/** A masked rollout is neither expected nor missing. */
function completion({ rows, masked }: GymGroup, planned: number | undefined) {
  if (planned === undefined) return {};
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
  const statistics = (): PassStatistics => new PassStatistics(readAnswers !== undefined, mostK);
  const whole = statistics();
  const parts = new Map<string, PassStatistics>();
  for (const group of groups) {
    const scores = Float64Array.from(group.rows, (row) => reward?.[row] ?? Number.NaN);
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
    ...(whole.longest > mostK && { largestK: mostK }),
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
