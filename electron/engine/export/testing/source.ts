import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { OptionValue, Recipe } from '#shared/model/recipe.ts';
import { memoryIndex, type MemoryRow } from '../../query/testing/memory-index.ts';
import type { ExportSource } from '../types.ts';

/** A dataset of lines in memory. The only condition it knows is `reward >= 0.5`. Rows of equal `_ng_task_index` share a task. */
export function memorySource(lines: readonly string[]): ExportSource {
  const rows = lines.map(columnsOf);
  const index = memoryIndex(rows);
  const encoder = new TextEncoder();
  const valid = rows.flatMap((row, i) => (row === 'invalid' ? [] : [i]));
  return {
    index: {
      ...index,
      version: 1,
      rowCount: rows.length,
      invalidRows: index.invalidRows,
      readLine: (row) => encoder.encode(lines[row]),
      readLineSlice: (row, start, end) => encoder.encode(lines[row]).subarray(start, end),
      readLines: (rows) => encoder.encode([...rows].map((row) => `${lines[row]}\n`).join('')),
    },
    files: [{ name: 'a.jsonl', bytes: lines.join('\n').length, fingerprint: 'f' }],
    tasks: () => ({
      taskOf: Uint32Array.from(rows, (row, i) => (row !== 'invalid' && typeof row['task'] === 'number' ? row['task'] : 1000 + i)),
      label: (task) => String(task),
    }),
    rule: (id) => ({
      id,
      title: 'High reward',
      meaning: 'The reward is 1.',
      remedy: 'Look at it.',
      found: (row) => index.column('reward')?.numbers()[row] === 1,
    }),
    column: (name) => index.column(name),
    select(filter) {
      const kept = valid.filter((row) => filter.length === 0 || (index.column('reward')?.numbers()[row] ?? Number.NaN) >= 0.5);
      const filteredOut = filter.map((condition, i) => ({ condition, count: i === 0 ? valid.length - kept.length : 0 }));
      return { rows: Uint32Array.from(kept), filteredOut };
    },
    version: '0',
  };
}

function columnsOf(line: string, index: number): MemoryRow {
  try {
    const row = JSON.parse(line);
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'invalid';
    return {
      ...row,
      task: row._ng_task_index,
      agent: row.agent_ref?.name,
      rollout: row._ng_rollout_index,
      file: 'a.jsonl',
      line: index + 1,
    };
  } catch {
    return 'invalid';
  }
}

export function recipeOf(target: string, options: Record<string, OptionValue> = {}, filter: string[] = []): Recipe {
  return { version: 1, target, options, filter };
}

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A rollout that answers `answer`, as one line; `more` are further items of its output, before the answer. */
export function rolloutLine(task: number, reward: number | null, answer: string, more: readonly unknown[] = []): string {
  return JSON.stringify({
    responses_create_params: { input: [{ role: 'user', content: `question ${task}` }] },
    response: { output: [...more, { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: answer }] }] },
    reward,
    _ng_task_index: task,
    agent_ref: { name: 'a' },
  });
}

/** A call and its output, as items. */
export function toolItems(given: string): unknown[] {
  return [
    { type: 'function_call', call_id: 'c', name: 'f', arguments: given },
    { type: 'function_call_output', call_id: 'c', output: 'done' },
  ];
}
