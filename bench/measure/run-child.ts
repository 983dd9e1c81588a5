import { execFileSync, spawnSync } from 'node:child_process';
import { z } from 'zod';

const numbers = z.record(z.string(), z.number());
export type Numbers = z.infer<typeof numbers>;

/** Runs the measuring child once. */
export function runChild(child: string, args: readonly string[]): Numbers {
  const stdout = execFileSync(process.execPath, [child, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return numbers.parse(JSON.parse(stdout));
}

/** The run with the least `seconds` of several; its memory is the largest of all. */
export function bestRun(rounds: number, run: () => Numbers): Numbers {
  const runs = Array.from({ length: rounds }, run);
  const [fastest = {}] = runs.toSorted((a, b) => (a['seconds'] ?? 0) - (b['seconds'] ?? 0));
  return { ...fastest, peakBytes: Math.max(...runs.map((each) => each['peakBytes'] ?? 0)) };
}

/** DuckDB's command line producing five explicit columns of the file, or null where it is not installed. */
export function runDuckDb(file: string, threads: number): Numbers | null {
  const columns =
    "{reward: 'DOUBLE', _ng_task_index: 'BIGINT', _ng_rollout_index: 'BIGINT', agent_ref: 'STRUCT(name VARCHAR)', response: 'STRUCT(status VARCHAR)'}";
  const table = `read_json('${file.replaceAll("'", "''")}', format='newline_delimited', ignore_errors=true, maximum_object_size=1000000000, columns=${columns})`;
  const sql = `SET threads=${threads}; SELECT count(reward), sum(_ng_task_index), sum(_ng_rollout_index), count(agent_ref.name), count(response.status) FROM ${table};`;
  const started = performance.now();
  const { status, error } = spawnSync('duckdb', ['-c', sql], { stdio: 'ignore' });
  return error !== undefined || status !== 0 ? null : { seconds: (performance.now() - started) / 1000 };
}
