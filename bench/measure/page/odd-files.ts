import { writeFileSync } from 'node:fs';
import path from 'node:path';

export const wideColumns = (columns: number): string[] => Array.from({ length: columns }, (_, column) => `metric_${column}`);

/** Rows with a great many columns: numbers, texts and flags in turns. */
export function wideFile(folder: string, columns: number, rows: number): string {
  const file = path.join(folder, `wide-${columns}-${rows}.jsonl`);
  const value = (row: number, column: number): unknown => {
    const mixed = (row * 7919 + column * 104_729) % 1009;
    return column % 3 === 0 ? mixed / 100 : column % 3 === 1 ? `value ${mixed % 13}` : mixed % 2 === 0;
  };
  const line = (row: number): string => {
    const fields = wideColumns(columns).map((name, column) => [name, value(row, column)] as const);
    return JSON.stringify({ _ng_task_index: row >> 3, _ng_rollout_index: row & 7, reward: value(row, 0), ...Object.fromEntries(fields) });
  };
  writeFileSync(file, Array.from({ length: rows }, (_, row) => `${line(row)}\n`).join(''));
  return file;
}

/** One rollout with so many calls of a tool, each with some kilobytes of output. */
export function longFile(folder: string, calls: number): string {
  const file = path.join(folder, `long-${calls}.jsonl`);
  const text = (at: number): string =>
    Array.from({ length: 40 }, (_, line) => `${at}.${line}  ${'some words of output '.repeat(3)}`).join('\n');
  const output = Array.from({ length: calls }, (_, at) => [
    { type: 'reasoning', id: `rs_${at}`, summary: [{ type: 'summary_text', text: `Step ${at}. ${text(at).slice(0, 400)}` }] },
    { type: 'function_call', id: `fc_${at}`, call_id: `call_${at}`, name: 'run', arguments: JSON.stringify({ command: `step ${at}` }) },
    { type: 'function_call_output', call_id: `call_${at}`, output: text(at) },
  ]).flat();
  const row = {
    responses_create_params: { input: [{ role: 'user', content: 'Take many steps.' }] },
    response: { output, status: 'completed' },
    reward: 1,
    _ng_task_index: 0,
    _ng_rollout_index: 0,
    agent_ref: { name: 'long' },
  };
  const short = { ...row, response: { output: [], status: 'completed' }, reward: 0, _ng_rollout_index: 1 };
  writeFileSync(file, `${JSON.stringify(short)}\n${JSON.stringify(row)}\n`);
  return file;
}
