import { DuckDBInstance } from '@duckdb/node-api';

const columns =
  "{reward: 'DOUBLE', _ng_task_index: 'BIGINT', _ng_rollout_index: 'BIGINT', agent_ref: 'STRUCT(name VARCHAR)', response: 'STRUCT(status VARCHAR)'}";
/** Queries within one process: the first one also loads what DuckDB needs. */
const queries = 2;

/** DuckDB producing five explicit columns of the file: the best of a few queries, and what they answer. */
export async function queryDuckDb(file: string, threads: number): Promise<Record<string, number>> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  const table = `read_json('${file.replaceAll("'", "''")}', format='newline_delimited', ignore_errors=true, maximum_object_size=1000000000, columns=${columns})`;
  const sql = `SELECT count(reward), sum(reward), count(_ng_task_index), sum(_ng_task_index), sum(_ng_rollout_index), count(agent_ref.name), count(response.status) FROM ${table}`;
  let seconds = Infinity;
  let answers: number[] = [];
  for (let i = 0; i < queries; i++) {
    const started = performance.now();
    const reader = await connection.runAndReadAll(sql);
    answers = (reader.getRows()[0] ?? []).map(Number);
    seconds = Math.min(seconds, (performance.now() - started) / 1000);
  }
  connection.closeSync();
  const [rewards = 0, rewardSum = 0, tasks = 0, taskSum = 0, rolloutSum = 0, agents = 0, statuses = 0] = answers;
  return { seconds, rewards, rewardSum, tasks, taskSum, rolloutSum, agents, statuses };
}
