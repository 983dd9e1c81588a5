import { isJsonObject, JsonDepthError, parseJson } from '#shared/model/json.ts';
import type { RolloutAccess } from '../rollout.ts';
import type { LineReader } from './line-reader.ts';
import type { Needed, SentFacts, SentLines } from './messages.ts';

/** Something that was not sent is needed to map a row. */
export class NeedsMore extends Error {
  constructor(readonly needed: Needed) {
    super('needs more of the dataset');
    this.name = 'NeedsMore';
  }
}

/** Rollouts of what a thread was sent. `inTurn`: no line is needed once the next one is. */
export function accessToSent(
  lines: SentLines,
  { cells, outputFields, planned }: SentFacts,
  reader: LineReader,
  inTurn: boolean,
): RolloutAccess {
  const places = new Map(Array.from(lines.rows, (row, i) => [row, i]));
  const placeOf = (row: number): number => {
    const place = places.get(row);
    if (place === undefined) throw new RangeError(`row ${row} was not sent`);
    return place;
  };
  let lineAt: ((i: number) => Uint8Array) | undefined;
  let fields: ReadonlySet<string> | undefined;
  return {
    line: (row) => (lineAt ??= inTurn ? reader.readInTurn(lines) : reader.read(lines))(placeOf(row)),
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
