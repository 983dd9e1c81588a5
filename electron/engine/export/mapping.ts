import { createHash } from 'node:crypto';
import { JsonDepthError, writeJson } from '#shared/model/json.ts';
import { isTooLong } from './length.ts';
import type { Pace } from './pace.ts';
import type { ExclusionTally, ReasonId } from './reasons.ts';
import { Rollout } from './rollout.ts';
import type { Settings } from './settings.ts';
import type { Example, ExportSource, Fields, Mapped, Target } from './types.ts';

/** What is kept of a mapped rollout until it is written, which is the row itself where one rollout makes one. */
export interface Candidate extends Example {
  readonly row: number;
  /** Equal for equal rows; empty unless duplicates are looked for. */
  readonly digest: string;
  /** Equal for equal requests and answers; empty unless rollouts are put together. */
  readonly request: string;
  readonly answer: string;
}

/** What a rollout gives to its target, or why it is left out. Fails with `changed` when the file did. */
function mapRow(source: ExportSource, target: Target, settings: Settings, row: number): Mapped | ReasonId {
  try {
    return target.map(new Rollout(source, row), settings);
  } catch (error) {
    if (error instanceof JsonDepthError) return 'mapping/too-deep';
    throw error;
  }
}

/** A row as it is written; undefined where the file is no longer what was planned. */
export function makeRow(source: ExportSource, target: Target, settings: Settings, example: Example): Mapped['content'] | undefined {
  const parts: Fields[] = [];
  for (const row of target.unit(settings) === 'pair' ? example.rows : example.rows.slice(0, 1)) {
    const mapped = mapRow(source, target, settings, row);
    if (typeof mapped === 'string') return undefined;
    if (mapped.content instanceof Uint8Array) return mapped.content;
    parts.push(mapped.content);
  }
  return target.join ? target.join(parts, example, settings) : parts[0];
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
  const dedupe = settings.has('dedupe') && settings.flag('dedupe');
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
      candidates.push({ row, rows: [row], shape: 0, bytes: length, digest: '', request: '', answer: '' });
      continue;
    }
    const mapped = mapRow(source, target, settings, row);
    if (typeof mapped === 'string') {
      tally.add(mapped, row);
      continue;
    }
    const { content, shape, request, answer } = mapped;
    const text = content instanceof Uint8Array ? content : writeJson(content);
    const bytes = typeof text === 'string' ? Buffer.byteLength(text) : text.length;
    if (isTooLong(source, settings, row, bytes)) {
      tally.add('length/too-long', row);
      continue;
    }
    const digest = dedupe ? digestOf(content, text) : '';
    candidates.push({ row, rows: [row], shape, bytes, digest, request: hashed(request), answer: hashed(answer) });
  }
  return candidates;
}

function hashed(value: unknown): string {
  return value === undefined ? '' : sha256(writeJson(value));
}

/** Where a row came from does not make it another one. */
function digestOf(content: Mapped['content'], text: string | Uint8Array): string {
  const same = content instanceof Uint8Array || content['gym_meta'] === undefined ? text : writeJson({ ...content, gym_meta: undefined });
  return sha256(same);
}

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('base64');
