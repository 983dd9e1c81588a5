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
  return found;
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
