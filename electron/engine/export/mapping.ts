import { tooLong } from './length.ts';
import { type Candidates, CandidatesBuilder } from './candidates.ts';
import { looksForDuplicates, type RowFacts } from './map-row.ts';
import type { ExclusionTally, ReasonId } from './reasons.ts';
import type { Spool } from './spool.ts';
import { answers, type Asked, type Mapper } from './work/answers.ts';
import type { Ask } from './work/messages.ts';

/** Rows are mapped so many bytes at a time. */
const partBytes = 2 << 20;
const partRows = 2000;

/** Maps every selected row once, in file order. Nothing of a row is held but its size and shape. */
export async function mapAll(mapper: Mapper, rows: Uint32Array, tally: ExclusionTally): Promise<Candidates> {
  const { source, target, settings, pace, spool } = mapper;
  const lengthOf = (row: number): number => {
    const { start, end } = source.index.place(row);
    return end - start;
  };
  const candidates = new CandidatesBuilder(rows.length);
  if (target.passesLines && !looksForDuplicates(settings)) {
    for (const row of rows) candidates.add(row, { shape: 0, bytes: lengthOf(row), digest: '', request: '', answer: '' });
    return candidates.end();
  }
  const bytesTotal = rows.reduce((sum, row) => sum + lengthOf(row), 0);
  const isTooLong = tooLong(source, settings);
  let [done, bytesDone] = [0, 0];
  for await (const [part, answer] of answers(mapper, partsOf(rows, lengthOf, spool), bytesTotal)) {
    if (answer.kind !== 'facts') throw new TypeError('facts were asked for');
    for (const [i, facts] of answer.facts.entries()) {
      const row = part.rows[i] ?? 0;
      if (typeof facts === 'string') tally.add(facts, row);
      else if (isTooLong(row, facts.bytes)) tally.add('length/too-long', row);
      else candidates.add(row, facts);
    }
    if (part.ask.spool) await spool?.note(answer.spooledAt, mappedIn(part.rows, answer.facts));
    done += part.rows.length;
    bytesDone += part.bytes;
    pace.report({ phase: 'plan', done, total: rows.length, bytesWritten: 0, bytesDone, bytesTotal });
  }
  return candidates.end();
}

interface Part extends Asked {
  readonly bytes: number;
  readonly ask: Extract<Ask, { kind: 'facts' }>;
}

function* partsOf(rows: Uint32Array, lengthOf: (row: number) => number, spool: Spool | undefined): Generator<Part> {
  for (let from = 0, to = 0; from < rows.length; from = to) {
    let bytes = 0;
    while (to < rows.length && to - from < partRows && bytes < partBytes) bytes += lengthOf(rows[to++] ?? 0);
    yield { rows: rows.slice(from, to), bytes, ask: { kind: 'facts', spool: spool?.sent } };
  }
}

function mappedIn(rows: Uint32Array, facts: readonly (RowFacts | ReasonId)[]): { row: number; bytes: number }[] {
  return facts.flatMap((each, i) => (typeof each === 'string' ? [] : [{ row: rows[i] ?? 0, bytes: each.bytes + (each.noteBytes ?? 0) }]));
}
