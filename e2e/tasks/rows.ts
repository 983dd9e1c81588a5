import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { saysAnywhere } from '../independent-text.ts';

const item = z.looseObject({ type: z.string().optional(), name: z.string().optional() });
const line = z.looseObject({
  _ng_task_index: z.number().optional(),
  task_id: z.union([z.string(), z.number()]).nullish(),
  agent_ref: z.looseObject({ name: z.string() }).nullish(),
  reward: z.number().nullish(),
  responses_create_params: z.looseObject({ input: z.unknown(), tools: z.unknown(), instructions: z.unknown() }).partial().nullish(),
  response: z
    .looseObject({
      model: z.string().nullish(),
      output: z.array(z.union([item, z.array(item)])).nullish(),
      usage: z.looseObject({ output_tokens: z.number().optional() }).nullish(),
      incomplete_details: z.looseObject({}).nullish(),
    })
    .nullish(),
});

/** What questions are about, of one line that is a JSON object, read in the plainest way. */
export interface Row {
  /** From 1, in its file. */
  readonly line: number;
  /** Rollouts with equal keys are attempts at one task. */
  readonly task: string;
  readonly index: number | null;
  readonly agent: string | null;
  readonly model: string | null;
  readonly reward: number | null;
  readonly hasResponse: boolean;
  /** Names of the tools called, one for each call. */
  readonly calls: readonly string[];
  readonly tokens: number | null;
  readonly cutOff: boolean;
  says(text: string): boolean;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** Lines that are no JSON object. */
  readonly invalid: number;
}

export function readRows(files: readonly string[]): Rows {
  const rows: Row[] = [];
  let invalid = 0;
  for (const file of files) {
    readFileSync(file, 'utf8')
      .split('\n')
      .forEach((text, at) => {
        if (text.trim() === '') return;
        const parsed = parseOrNull(text);
        if (parsed === null) invalid++;
        else rows.push(rowOf(text, at + 1, line.parse(parsed), `${file}:${at}`));
      });
  }
  return { rows, invalid };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function rowOf(text: string, number: number, parsed: z.infer<typeof line>, own: string): Row {
  const { agent_ref: agent, reward, response, _ng_task_index: index } = parsed;
  return {
    line: number,
    task: taskOf(parsed, own),
    index: index ?? null,
    agent: agent?.name ?? null,
    model: response?.model ?? null,
    reward: reward ?? null,
    hasResponse: (response ?? null) !== null,
    calls: (response?.output ?? []).flat().flatMap(({ type, name }) => (type === 'function_call' && name !== undefined ? [name] : [])),
    tokens: response?.usage?.output_tokens ?? null,
    cutOff: (response?.incomplete_details ?? null) !== null,
    says: (wanted) => saysAnywhere(text, wanted),
  };
}

/** The agent with the task index, else with an id that names a task, else with an equal request that is not empty. */
function taskOf({ agent_ref: agent, ...row }: z.infer<typeof line>, own: string): string {
  const { input, tools, instructions } = row.responses_create_params ?? {};
  const id = row.task_id ?? row['problem_id'] ?? row['instance_id'];
  const isEmpty = input === undefined || input === null || (Array.isArray(input) && input.length === 0) || input === '';
  const key = row._ng_task_index ?? (typeof id === 'string' || typeof id === 'number' ? `id ${id}` : null);
  if (key !== null) return `${agent?.name} ${key}`;
  return isEmpty ? own : `${agent?.name} ${JSON.stringify([input, tools, instructions])}`;
}

export function groupedBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** The text that most rows give, and how many do: a row counts once for each of its texts. */
export function commonest(rows: readonly Row[], textsOf: (row: Row) => readonly string[]): { text: string; count: number } {
  const each = rows.flatMap((row) => [...new Set(textsOf(row))]);
  const [first] = [...groupedBy(each, (text) => text)].sort((a, b) => b[1].length - a[1].length);
  if (first === undefined) throw new Error('No row gives a text.');
  return { text: first[0], count: first[1].length };
}

export const passes = ({ reward }: Row): boolean => reward !== null && reward >= 0.5;
export const fails = ({ reward }: Row): boolean => reward !== null && reward < 0.5;
