import { closeSync, readSync } from 'node:fs';
import path from 'node:path';
import { openToRead } from './source.ts';

/** What Gym writes beside a rollout file, and is no rollout file itself: the ends of the names without `.jsonl`. */
const suffixes = ['_materialized_inputs', '_failures', '_reward_profiling', '_attempts', '_task', '_items'];
const names = ['rollout_verdicts'];
const headBytes = 64 << 10;

/**
 * Whether a file is one of Gym's neighbours: by its name, and by its first line, as a file of rollouts may be called like one. Where that
 * line cannot be read at once (it is packed, or very long) the name decides.
 */
export function isNeighbour(file: string): boolean {
  const stem = path.basename(file).replace(/\.jsonl(\.gz|\.zst)?$/, '');
  if (!names.includes(stem) && !suffixes.some((suffix) => stem.endsWith(suffix))) return false;
  const first = file.endsWith('.jsonl') ? firstLine(file) : undefined;
  return first === undefined || !isRollout(first);
}

function firstLine(file: string): unknown {
  const head = Buffer.alloc(headBytes);
  try {
    const fd = openToRead(file);
    const length = readSync(fd, head, 0, headBytes, 0);
    closeSync(fd);
    const line = head.subarray(0, length).toString().split('\n', 1)[0] ?? '';
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** It holds what a model said and is no failed attempt. */
function isRollout(line: unknown): boolean {
  return typeof line === 'object' && line !== null && ('response' in line || 'messages' in line) && !('_ng_failure_class' in line);
}
