import { CellKind } from '../index/types.ts';
import { addBit, bitsWhere, noBits } from '../query/index.ts';
import { type DatasetIndex, hasSignal, NO_TASK, taskFigures } from '../select/index.ts';
import { type ColumnRule, type Findings, once } from './rule.ts';

// Rows run to rowCount and tasks to their count, the lengths of their arrays, so entries are never undefined: that is what `!` stands for.

/** Whether rollouts of a task belong together, and whether they teach anything. */
export const taskRules: readonly ColumnRule[] = [
  {
    id: 'task/duplicate-key',
    severity: 'error',
    title: 'Rollout comes twice',
    meaning: 'Another line before has the same agent, task index and rollout index. Gym refuses to profile such a file.',
    remedy: 'A resumed run may have been appended to a finished one. Exports have an option for which of them counts.',
    at: '_ng_rollout_index',
    search: searchDuplicateKeys,
  },
  {
    id: 'task/different-prompts',
    severity: 'warning',
    title: 'Siblings with different prompts',
    meaning: 'Rollouts of one task were given different requests (input, instructions or tools): comparing their rewards means little.',
    remedy: 'The environment draws its start anew each time, or two runs share task numbers. Such rollouts make no preference pairs.',
    at: 'responses_create_params.input',
    needsHashes: true,
    search: searchDifferentPrompts,
  },
  {
    id: 'task/no-index',
    severity: 'note',
    title: 'No task index',
    meaning:
      'The row has no _ng_task_index: which rollouts belong together is told from task_id, problem_id or instance_id, else from equal requests.',
    remedy: 'Nothing to mend where the groups look right. Newer versions of Gym number tasks.',
    at: '_ng_task_index',
    search: (index) =>
      once(() => {
        const kinds = index.fieldKinds('_ng_task_index');
        return {
          rows: bitsWhere(index.rowCount, (row) => (kinds?.[row] ?? CellKind.missing) <= CellKind.null),
          message: () => 'there is no _ng_task_index',
        };
      }),
  },
  {
    id: 'task/no-signal',
    severity: 'note',
    title: 'Group without a signal',
    meaning:
      'All rollouts of the task have the same reward: nothing in the group is better than anything else, so it teaches nothing by comparison.',
    remedy: 'More rollouts of the task, or a task that is neither too easy nor too hard. To leave them out: group.signal.',
    at: 'reward',
    search: searchDeadGroups,
  },
];

function* searchDuplicateKeys(index: DatasetIndex): Generator<void, Findings> {
  const tasks = index.tasks();
  const indexed = index.fieldKinds('_ng_task_index');
  const rollouts = index.column('rollout')?.numbers();
  yield;
  const isKey = (row: number): boolean =>
    (indexed?.[row] ?? CellKind.missing) > CellKind.null && tasks.taskOf[row] !== NO_TASK && Number.isFinite(rollouts?.[row] ?? Number.NaN);
  const firsts = new Map<number, number>();
  const first = new Map<number, number>();
  const rows = noBits(index.rowCount);
  for (let task = 0; task < tasks.count; task++) {
    firsts.clear();
    for (const row of tasks.rowsOf(task)) {
      if (!isKey(row)) continue;
      const rollout = rollouts![row]!;
      const before = firsts.get(rollout);
      if (before === undefined) firsts.set(rollout, row);
      else {
        addBit(rows, row);
        first.set(row, before);
      }
    }
    if (task % tasksPerStep === 0) yield;
  }
  return {
    rows,
    message: (row) => `same agent, task and rollout ${rollouts![row]!} as ${lineWords(index, row, first.get(row) ?? row)}`,
  };
}

/** Tasks between two yields: each has a few rollouts. */
const tasksPerStep = 1000;

function* searchDifferentPrompts(index: DatasetIndex): Generator<void, Findings> {
  const tasks = index.tasks();
  const hashes = [index.hash('prompt'), index.hash('tools')];
  yield;
  const rows = noBits(index.rowCount);
  const same = (a: number, b: number): boolean => hashes.every((hash) => Object.is(hash[a], hash[b]));
  let count = 0;
  for (let task = 0; task < tasks.count; task++) {
    const siblings = tasks.rowsOf(task);
    const [first] = siblings;
    if (first !== undefined && !siblings.every((row) => same(row, first))) {
      count++;
      for (const row of siblings) addBit(rows, row);
    }
    if (task % tasksPerStep === 0) yield;
  }
  return {
    rows,
    count,
    message: (row) => {
      const siblings = tasks.rowsOf(tasks.taskOf[row]!);
      const equal = siblings.filter((each) => same(each, row)).length;
      return `${equal} of ${siblings.length} rollouts of the task have this request`;
    },
  };
}

function* searchDeadGroups(index: DatasetIndex): Generator<void, Findings> {
  const tasks = index.tasks();
  yield;
  const all = new Uint32Array(index.rowCount).map((_, row) => row);
  const figures = taskFigures(tasks, all, index.column('reward')?.numbers());
  yield;
  const isDead = Uint8Array.from(figures.count, (count, task) => (count >= 2 && !hasSignal(figures, task) ? 1 : 0));
  return {
    rows: bitsWhere(index.rowCount, (row) => tasks.taskOf[row] !== NO_TASK && isDead[tasks.taskOf[row]!] === 1),
    count: isDead.reduce((sum, dead) => sum + dead, 0),
    message: (row) => `${figures.count[tasks.taskOf[row]!]!} rollouts, all with reward ${figures.min[tasks.taskOf[row]!]!}`,
  };
}

function lineWords(index: DatasetIndex, row: number, other: number): string {
  const { file, line } = index.place(other);
  return file === index.place(row).file ? `line ${line}` : `line ${line} of another file`;
}
