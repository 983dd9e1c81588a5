import { NO_TASK } from '../select/index.ts';
import type { ExportSource } from './types.ts';

// Rows are below the length of all dense arrays, so their entries are never undefined: that is what `!` stands for here.

const known = new WeakMap<ExportSource['index'], { version: number; fields: ReadonlySet<string> }>();

/**
 * Fields of rows that say how an attempt went, not what the task is: those that differ between rollouts of a task that were asked the
 * same. Told from the columns of the index; where each task has one rollout nothing can be told.
 */
export function outputFields(source: ExportSource): ReadonlySet<string> {
  const { index } = source;
  const before = known.get(index);
  if (before?.version === index.version) return before.fields;
  const peers = peersOf(source);
  const fields = new Set(
    index
      .columns()
      .filter(({ derived }) => !derived)
      .filter((column) => {
        const [kinds, numbers, codes] = [column.kinds(), column.numbers(), column.codes()?.codes];
        return peers.some((peer, row) => {
          if (peer < 0) return false;
          if (kinds[row] !== kinds[peer]) return true;
          return (!Number.isNaN(numbers[row]!) && numbers[row] !== numbers[peer]) || (codes !== undefined && codes[row] !== codes[peer]);
        });
      })
      .map(({ name }) => (name.startsWith('field.') ? name.slice('field.'.length) : name)),
  );
  known.set(index, { version: index.version, fields });
  return fields;
}

/** For each row the first one of its task that was asked the same; -1 for that one itself, and where there is no task. */
function peersOf(source: ExportSource): Int32Array {
  const { taskOf } = source.tasks();
  const [prompts, tools] = [source.index.hash('prompt'), source.index.hash('tools')];
  const firsts = new Map<number, number>();
  return Int32Array.from(taskOf, (task, row) => {
    if (task === NO_TASK) return -1;
    const first = firsts.get(task);
    if (first === undefined) {
      firsts.set(task, row);
      return -1;
    }
    const same = Object.is(prompts[row], prompts[first]) && Object.is(tools[row], tools[first]);
    return same ? first : -1;
  });
}
