import { createHash } from 'node:crypto';
import { JsonDepthError, writeJson } from '#shared/model/json.ts';
import type { Pace } from './pace.ts';
import type { ExclusionTally, ReasonId } from './reasons.ts';
import { Rollout } from './rollout.ts';
import type { Settings } from './settings.ts';
import type { ExportSource, Mapped, Target } from './types.ts';

/** What is kept of a mapped rollout until it is written: the row itself is mapped again then. */
export interface Candidate {
  readonly row: number;
  /** Bits of `Shape`. */
  readonly shape: number;
  /** UTF-8 bytes of the JSON text. */
  readonly bytes: number;
  /** Equal for equal rows; empty unless duplicates are looked for. */
  readonly digest: string;
}

/** The rollout of a row as its target writes it, or why it is left out. Fails with `changed` when the file did. */
export function mapRow(source: ExportSource, target: Target, settings: Settings, row: number): Mapped | ReasonId {
  try {
    return target.map(new Rollout(source, row), settings);
  } catch (error) {
    if (error instanceof JsonDepthError) return 'mapping/too-deep';
    throw error;
  }
}

/** Maps every selected row once, in file order. Nothing of a row is held but its size and shape. */
export async function mapAll(
  source: ExportSource,
  target: Target,
  settings: Settings,
  rows: Uint32Array,
  tally: ExclusionTally,
  pace: Pace,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const dedupe = settings.flag('dedupe');
  const lengthOf = (row: number): number => {
    const { start, end } = source.index.place(row);
    return end - start;
  };
  const isRead = !target.passesLines || dedupe;
  const bytesTotal = isRead ? rows.reduce((sum, row) => sum + lengthOf(row), 0) : 0;
  let bytesDone = 0;
  for (const [done, row] of rows.entries()) {
    const waiting = pace.step({ phase: 'plan', done, total: rows.length, bytesWritten: 0, bytesDone, bytesTotal });
    if (waiting) await waiting;
    const length = lengthOf(row);
    bytesDone += length;
    if (!isRead) {
      candidates.push({ row, shape: 0, bytes: length, digest: '' });
      continue;
    }
    const mapped = mapRow(source, target, settings, row);
    if (typeof mapped === 'string') {
      tally.add(mapped, row);
      continue;
    }
    const { content, shape } = mapped;
    const text = content instanceof Uint8Array ? content : writeJson(content);
    const bytes = typeof text === 'string' ? Buffer.byteLength(text) : text.length;
    candidates.push({ row, shape, bytes, digest: dedupe ? digestOf(content, text) : '' });
  }
  return candidates;
}

/** Where a row came from does not make it another one. */
function digestOf(content: Mapped['content'], text: string | Uint8Array): string {
  const same = content instanceof Uint8Array || content['gym_meta'] === undefined ? text : writeJson({ ...content, gym_meta: undefined });
  return createHash('sha256').update(same).digest('base64');
}
