import { readSync } from 'node:fs';
import { isJsonObject, JsonDepthError, parseJson } from '#shared/model/json.ts';
import { readInto, scanError } from '../../scan/index.ts';
import type { RolloutAccess } from '../rollout.ts';
import type { Needed, SentFacts, SentLines } from './messages.ts';

/** Something that was not sent is needed to map a row. */
export class NeedsMore extends Error {
  constructor(readonly needed: Needed) {
    super('needs more of the dataset');
    this.name = 'NeedsMore';
  }
}

/** Rollouts of what a thread was sent. */
export function accessToSent(lines: SentLines, { cells, outputFields, planned }: SentFacts): RolloutAccess {
  const places = new Map(Array.from(lines.rows, (row, i) => [row, i]));
  const placeOf = (row: number): number => {
    const place = places.get(row);
    if (place === undefined) throw new RangeError(`row ${row} was not sent`);
    return place;
  };
  let fields: ReadonlySet<string> | undefined;
  return {
    line(row) {
      const i = placeOf(row);
      const file = lines.files[lines.file[i] ?? 0];
      if (!file) throw new RangeError('no such file');
      const [start, end] = [lines.starts[i] ?? 0, lines.ends[i] ?? 0];
      return readFrom(file, Buffer.allocUnsafeSlow(end - start), start);
    },
    lineNumber: (row) => lines.numbers[placeOf(row)] ?? 0,
    cell(row, column) {
      const sent = Object.hasOwn(cells, column) ? cells[column] : undefined;
      if (!sent) throw new NeedsMore({ cell: column });
      const text = sent[placeOf(row)];
      return text === undefined ? undefined : parseJson(text);
    },
    outputFields() {
      if (!outputFields) throw new NeedsMore('output-fields');
      return (fields ??= new Set(outputFields));
    },
    planned(row) {
      if (!planned) throw new NeedsMore('planned');
      const text = planned[placeOf(row)];
      if (text === undefined) return undefined;
      if (text === null) throw new JsonDepthError();
      const value = parseJson(text);
      return isJsonObject(value) ? value : undefined;
    },
  };
}

/** A file by its descriptor; `path` is for messages. */
export interface SentFile {
  readonly fd: number;
  readonly path: string;
}

/** Fills `bytes` from an offset of a file on. Fails with `unreadable` and `changed`. */
export function readFrom({ fd, path }: SentFile, bytes: Uint8Array, offset: number): Uint8Array {
  try {
    readInto((into, at, length, position) => readSync(fd, into, at, length, position), bytes, offset);
    return bytes;
  } catch (error) {
    throw scanError(path, error);
  }
}
