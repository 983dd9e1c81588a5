import { createHash } from 'node:crypto';
import type { Message } from '#shared/model/conversation.ts';
import { JsonDepthError, writeJson } from '#shared/model/json.ts';
import { NearDuplicates, shinglesOf } from '../select/index.ts';
import type { Candidates } from './candidates.ts';
import type { Pace } from './pace.ts';
import type { ExclusionTally, Likeness } from './reasons.ts';
import { Rollout } from './rollout.ts';
import { accessTo } from './source-access.ts';
import type { Settings } from './settings.ts';
import type { ExportSource } from './types.ts';

export type NearBy = 'off' | 'prompt' | 'answer';

export function nearBy(settings: Settings): NearBy {
  return settings.has('near-dedupe') ? settings.choice('near-dedupe', ['off', 'prompt', 'answer']) : 'off';
}

/** Whether the better one of two is kept, so that they are compared by a metric. */
export function keepsBest(settings: Settings): boolean {
  return nearBy(settings) === 'answer' && settings.choice('near-keep', ['first', 'best']) === 'best';
}

/**
 * The candidates without those whose prompt, or whose answer to the same task, is nearly that of one that stays; the others are
 * tallied with it. Of prompts the first one in the file stays with every rollout that was asked exactly that; of answers the first, or
 * the best by the metric. Rollouts are read again: nothing of their texts is held but signatures, and the sets last compared.
 */
export async function withoutNearDuplicates(
  source: ExportSource,
  candidates: Candidates,
  metric: Float64Array | undefined,
  settings: Settings,
  tally: ExclusionTally,
  pace: Pace,
): Promise<Candidates> {
  const by = nearBy(settings);
  if (by === 'off') return candidates;
  const texts = new Texts(source, by, settings);
  const stays: number[] = [];
  const near = new NearDuplicates(candidates.length, settings.number('near-threshold'), (at) => texts.shinglesOf(stays[at] ?? 0));
  const taskOf = by === 'answer' ? source.tasks().taskOf : undefined;
  const prompts = new Map<string, Likeness | undefined>();
  const ordered = metric && keepsBest(settings) ? bestFirst(candidates.rows, metric) : candidates.rows;
  const dropped = new Map<number, Likeness>();
  for (const [done, row] of ordered.entries()) {
    const waiting = pace.step({ phase: 'plan', done, total: ordered.length, bytesWritten: 0, bytesDone: done, bytesTotal: ordered.length });
    if (waiting) await waiting;
    const text = texts.of(row);
    const key = by === 'prompt' ? createHash('sha256').update(text).digest('base64') : '';
    const isKnown = prompts.has(key);
    const shingles = isKnown ? new Set<number>() : shinglesOf(text);
    const scope = taskOf?.[row] ?? 0;
    const found = isKnown || shingles.size === 0 ? undefined : near.find(shingles, scope);
    const like = isKnown ? prompts.get(key) : found && { row: stays[found.at] ?? 0, likeness: found.likeness };
    if (by === 'prompt') prompts.set(key, like);
    if (like) dropped.set(row, like);
    else if (!isKnown && shingles.size > 0) stays[near.add(shingles, scope)] = row;
  }
  for (const row of candidates.rows) {
    const like = dropped.get(row);
    if (like) tally.add('sampling/near-duplicate', row, like);
  }
  return candidates.filter((i) => !dropped.has(candidates.rows[i] ?? 0));
}

/** Rows without a value last; of equals the earlier one first. */
function bestFirst(rows: Uint32Array, metric: Float64Array): Uint32Array {
  const valueOf = (row: number): number => {
    const value = metric[row] ?? Number.NaN;
    return Number.isNaN(value) ? -Infinity : value;
  };
  return rows.slice().sort((a, b) => (valueOf(a) === valueOf(b) ? a - b : valueOf(a) < valueOf(b) ? 1 : -1));
}

/** Shingles held at a time, of the texts last compared. */
const mostHeld = 1 << 20;

class Texts {
  private readonly held = new Map<number, ReadonlySet<number>>();
  private size = 0;

  constructor(
    private readonly source: ExportSource,
    private readonly by: NearBy,
    private readonly settings: Settings,
  ) {}

  /** Empty where there is nothing to compare, as in a row that only passes through. */
  of(row: number): string {
    try {
      return this.read(row);
    } catch (error) {
      if (error instanceof JsonDepthError) return '';
      throw error;
    }
  }

  private read(row: number): string {
    const reasoning = this.settings.has('reasoning') ? this.settings.choice('reasoning', ['inline', 'separate', 'drop']) : 'inline';
    const { messages, promptMessages } = new Rollout(accessTo(this.source), row).conversation(reasoning);
    return (this.by === 'prompt' ? messages.slice(0, promptMessages) : messages.slice(promptMessages)).map(messageText).join('\n');
  }

  shinglesOf(row: number): ReadonlySet<number> {
    const known = this.held.get(row);
    if (known) {
      this.held.delete(row);
      this.held.set(row, known);
      return known;
    }
    const made = shinglesOf(this.of(row));
    this.held.set(row, made);
    this.size += made.size;
    for (const [other, shingles] of this.held) {
      if (this.size <= mostHeld || other === row) break;
      this.held.delete(other);
      this.size -= shingles.size;
    }
    return made;
  }
}

/** What a message says and calls. */
function messageText({ content, reasoning_content: reasoning = '', tool_calls: calls = [] }: Message): string {
  const said = typeof content === 'string' ? content : writeJson(content);
  return [
    reasoning,
    said,
    ...calls.map(({ function: { name, arguments: given } }) => `${name} ${typeof given === 'string' ? given : writeJson(given)}`),
  ].join('\n');
}
