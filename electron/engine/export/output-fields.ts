import { JsonDepthError, type JsonObject, writeJson } from '#shared/model/json.ts';
import { parseRollout } from '../rollout/index.ts';
import { NO_TASK } from '../select/index.ts';
import type { ExportSource } from './types.ts';

// Rows are below the length of all dense arrays, so their entries are never undefined: that is what `!` stands for here.

/** Of JSON text that is read to compare what columns do not hold: lists, objects, texts too varied for a dictionary. */
const bytesCompared = 8 << 20;

const known = new WeakMap<ExportSource['index'], { version: number; fields: ReadonlySet<string> }>();

/**
 * Fields of rows that say how an attempt went, not what the task is: those that differ between rollouts of a task that were asked the
 * same. Told from the columns of the index, and of what these do not hold from as many rollouts as 8 MB have: what differs does so
 * nearly everywhere. Where each task has one rollout nothing can be told.
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
  for (const name of differencesRead(source, peers)) fields.add(name);
  known.set(index, { version: index.version, fields });
  return fields;
}

/** Fields that differ between a row and its peer as they stand in the file, of the first rows that have one. */
function differencesRead({ index }: ExportSource, peers: Int32Array): ReadonlySet<string> {
  const fields = new Set<string>();
  let peer: { readonly row: number; readonly object: JsonObject } | undefined;
  let left = bytesCompared;
  const read = (row: number): JsonObject => {
    const line = index.readLine(row);
    left -= line.length;
    return readable(line);
  };
  for (const [row, first] of peers.entries()) {
    if (left <= 0) break;
    if (first < 0) continue;
    if (peer?.row !== first) peer = { row: first, object: read(first) };
    const [one, other] = [peer.object, read(row)];
    for (const name of Object.keys({ ...one, ...other }))
      if (!fields.has(name) && writeJson(valueOf(one, name)) !== writeJson(valueOf(other, name))) fields.add(name);
  }
  return fields;
}

const valueOf = (object: JsonObject, name: string): unknown => (Object.hasOwn(object, name) ? [object[name]] : []);

/** Nothing, where the line is nested deeper than anyone reads: such a row is left out anyway. */
function readable(line: Uint8Array): JsonObject {
  try {
    return parseRollout(line);
  } catch (error) {
    if (error instanceof JsonDepthError) return {};
    throw error;
  }
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
