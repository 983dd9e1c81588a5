/** What each rule must find, computed from parsed rows in plain JavaScript and from nothing else. Lines count from 1. */
export function expectedFindings(text: string): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const rows = text.split('\n').flatMap((line, i) => {
    const row = parsed(line);
    return isObject(row) ? [{ line: i + 1, text: line, row }] : [];
  });
  const note = (rule: string, line: number): void => {
    found.set(rule, [...(found.get(rule) ?? []), line]);
  };
  for (const { line, row } of rows) for (const rule of rulesOfRow(row)) note(rule, line);

  const seen = new Set<string>();
  const keys = new Set<string>();
  for (const { line, text: bytes, row } of rows) {
    if (seen.has(bytes)) note('row/exact-duplicate', line);
    seen.add(bytes);
    if (typeof row['_ng_task_index'] !== 'number' || typeof row['_ng_rollout_index'] !== 'number') continue;
    const key = JSON.stringify([agentOf(row), row['_ng_task_index'], row['_ng_rollout_index']]);
    if (keys.has(key)) note('task/duplicate-key', line);
    keys.add(key);
  }
  const tasks = new Map<string, { line: number; request: string }[]>();
  for (const { line, row } of rows) {
    const key = taskOf(row);
    if (key !== undefined) tasks.set(key, [...(tasks.get(key) ?? []), { line, request: requestOf(row) }]);
  }
  const different = [...tasks.values()].filter((siblings) => new Set(siblings.map(({ request }) => request)).size > 1).flat();
  for (const { line } of different.sort((a, b) => a.line - b.line)) note('task/different-prompts', line);
  return found;
}

/** Named tasks only: others are told by their requests. */
function taskOf(row: Record<string, unknown>): string | undefined {
  const name = [row['_ng_task_index'], row['task_id'], row['problem_id'], row['instance_id']].findIndex(
    (each) => typeof each === 'number' || (typeof each === 'string' && each !== ''),
  );
  if (name < 0) return undefined;
  const kind = ['_ng_task_index', 'task_id', 'problem_id', 'instance_id'][name] ?? '';
  return JSON.stringify([agentOf(row), name === 0, row[kind]]);
}

function requestOf(row: Record<string, unknown>): string {
  const request = isObject(row['responses_create_params']) ? row['responses_create_params'] : {};
  const { input, tools, instructions } = request;
  return JSON.stringify(sorted([input ?? null, tools ?? null, instructions ?? null]));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return keys.map((key) => [key, sorted(value[key])]);
}

function rulesOfRow(row: Record<string, unknown>): string[] {
  const { response, reward, messages } = row;
  const output = isObject(response) ? response['output'] : undefined;
  const last: unknown = Array.isArray(output) ? output.at(-1) : undefined;
  const items: unknown[] | undefined = Array.isArray(last) ? last : Array.isArray(output) ? output : undefined;
  const typed = (type: string): number => items?.filter((item) => isObject(item) && item['type'] === type).length ?? 0;
  const isAbsent = response === undefined || response === null;
  const isWrong = typeof response === 'number' || typeof response === 'boolean' || Array.isArray(response);
  const holds = (rule: string, condition: boolean): string[] => (condition ? [rule] : []);
  return [
    ...holds('response/missing', isAbsent && !Array.isArray(messages)),
    ...holds('response/mistyped', isWrong),
    ...holds('response/no-output', isObject(response) && items === undefined),
    ...holds('response/failed', isObject(response) && ['failed', 'cancelled'].includes(String(response['status']))),
    ...holds('response/truncated', isObject(response) && isObject(response['incomplete_details'])),
    ...holds('response/empty', items?.length === 0),
    ...holds('calls/unmatched', items !== undefined && typed('function_call') !== typed('function_call_output')),
    ...holds('reward/missing', reward === undefined || reward === null),
    ...holds('reward/not-a-number', typeof reward === 'string' || (typeof reward === 'object' && reward !== null)),
    ...holds('reward/not-finite', Math.abs(Number(reward)) === Infinity && typeof reward === 'number'),
    ...holds('reward/boolean', typeof reward === 'boolean'),
    ...holds('task/no-index', row['_ng_task_index'] === undefined || row['_ng_task_index'] === null),
    ...holds('row/failure', row['_ng_failure_class'] !== undefined && row['_ng_failure_class'] !== null),
    ...holds('row/masked', row['mask_sample'] === true),
  ];
}

function agentOf(row: Record<string, unknown>): unknown {
  return isObject(row['agent_ref']) ? row['agent_ref']['name'] : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
