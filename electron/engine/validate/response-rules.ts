import { CellKind } from '../index/types.ts';
import { bitsWhere } from '../query/index.ts';
import type { DatasetIndex } from '../select/index.ts';
import { kindWords, textTest } from './cells.ts';
import { type ColumnRule, type Findings, once } from './rule.ts';

// Rows run to rowCount, the length of all dense arrays, so their entries are never undefined: that is what `!` stands for.

/** Whether the response is there and what it says, as far as columns tell. */
export const responseRules: readonly ColumnRule[] = [
  {
    id: 'response/missing',
    severity: 'error',
    title: 'No response',
    meaning: 'The row has no response, and no messages in its place: only the request can be shown.',
    remedy: 'Collect the rollout again, or leave such rows out. Files of tasks or of materialized inputs hold no rollouts.',
    at: 'response',
    search: (index) =>
      once(() => {
        const response = index.fieldKinds('response');
        const messages = index.fieldKinds('messages');
        const isAbsent = (kind: number | undefined): boolean => kind === undefined || kind === CellKind.missing || kind === CellKind.null;
        return {
          rows: bitsWhere(index.rowCount, (row) => isAbsent(response?.[row]) && messages?.[row] !== CellKind.array),
          message: (row) => (response?.[row] === CellKind.null ? 'response is null' : 'there is no response'),
        };
      }),
  },
  {
    id: 'response/mistyped',
    severity: 'error',
    title: 'Response of the wrong type',
    meaning: 'The response is a number, a list, true or false, where an object with output items belongs.',
    remedy: 'Look at what wrote the file: the agent server answers with a Responses object. Exports leave such rows out.',
    at: 'response',
    search: (index) =>
      once(() => {
        const kinds = index.fieldKinds('response');
        const isWrong = (kind: number | undefined): boolean => kind !== undefined && wrongResponses.has(kind);
        return {
          rows: bitsWhere(index.rowCount, (row) => isWrong(kinds?.[row])),
          message: (row) => `response is ${kindWords(kinds?.[row])}, not an object`,
        };
      }),
  },
  {
    id: 'response/no-output',
    severity: 'error',
    title: 'No list of output items',
    meaning: 'The response is an object, but its output is missing or no list. A chat completion (choices) can still be shown.',
    remedy: 'Collect with the Responses API. Rows with neither output nor choices are left out by exports.',
    at: 'response.output',
    search: (index) =>
      once(() => {
        const response = index.fieldKinds('response');
        const turns = index.column('turns')?.kinds();
        return {
          rows: bitsWhere(index.rowCount, (row) => response?.[row] === CellKind.object && turns?.[row] !== CellKind.number),
          message: () => 'response.output is missing or no list',
        };
      }),
  },
  {
    id: 'response/failed',
    severity: 'error',
    title: 'Generation failed',
    meaning: 'The status of the response says that the model server gave up: what the row holds is not what the model would say.',
    remedy: 'Look at response.error, collect these again, or leave them out: status = "completed".',
    at: 'response.status',
    search: (index) => searchStatus(index),
  },
  {
    id: 'response/truncated',
    severity: 'warning',
    title: 'Generation was cut',
    meaning: 'The response says that it is incomplete: most often max_output_tokens was reached.',
    remedy: 'Raise max_output_tokens and collect again, or leave such rows out: not truncated.',
    at: 'response.incomplete_details',
    search: (index) =>
      once(() => {
        const truncated = index.column('truncated')?.numbers();
        const reasons = index.column('incomplete_reason');
        return {
          rows: bitsWhere(index.rowCount, (row) => truncated?.[row] === 1),
          message: (row) => `incomplete: ${reasons?.text(row) ?? 'no reason given'}`,
        };
      }),
  },
  {
    id: 'response/empty',
    severity: 'warning',
    title: 'Empty output',
    meaning: 'The response has no output items: the model said nothing, or its words were not recorded.',
    remedy: 'Look at status and error of the response. Nothing can be trained on this row.',
    at: 'response.output',
    search: (index) =>
      once(() => {
        const items = outputItems(index);
        return { rows: bitsWhere(index.rowCount, (row) => items[row] === 0), message: () => 'the output is empty' };
      }),
  },
  {
    id: 'response/no-turn',
    severity: 'warning',
    title: 'Model says nothing',
    meaning: 'The output has items, but none in which the model speaks, thinks or calls a tool.',
    remedy: 'Look at the items: they may hold only the words of the user or of tools. Supervised exports leave the row out.',
    at: 'response.output',
    search: (index) =>
      once(() => {
        const turns = index.column('turns')?.numbers();
        const items = outputItems(index);
        return {
          rows: bitsWhere(index.rowCount, (row) => turns?.[row] === 0 && items[row]! > 0),
          message: (row) => `no turn of the model in ${items[row]!} items`,
        };
      }),
  },
  {
    id: 'calls/unmatched',
    severity: 'warning',
    title: 'Calls and outputs differ in number',
    meaning: 'The output holds more tool calls than tool outputs, or fewer.',
    remedy: 'One call more is usual where the rollout ends with it. Else the environment lost an output: look at its log.',
    at: 'response.output',
    search: (index) =>
      once(() => {
        const calls = index.column('tools')?.numbers();
        const outputs = index.column('tool_outputs')?.numbers();
        return {
          rows: bitsWhere(
            index.rowCount,
            (row) => calls !== undefined && outputs !== undefined && calls[row]! !== outputs[row]! && calls[row]! >= 0,
          ),
          message: (row) => `${calls?.[row] ?? 0} calls, ${outputs?.[row] ?? 0} outputs`,
        };
      }),
  },
];

const wrongResponses: ReadonlySet<number> = new Set([CellKind.boolean, CellKind.number, CellKind.exact, CellKind.array]);
const failures: ReadonlySet<string> = new Set(['failed', 'cancelled']);

function* searchStatus(index: DatasetIndex): Generator<void, Findings> {
  yield;
  const status = index.column('status');
  const isFailure = textTest(status, (text) => failures.has(text));
  return { rows: bitsWhere(index.rowCount, isFailure), message: (row) => `status is ${status?.text(row) ?? 'unknown'}` };
}

/** Items in the output of each row, NaN where there is no list of them. */
function outputItems(index: DatasetIndex): Float64Array {
  const counts = Float64Array.from(index.column('turns')?.numbers() ?? new Float64Array(index.rowCount).fill(Number.NaN), (n) =>
    Number.isNaN(n) ? n : 0,
  );
  for (const column of index.columns()) {
    if (!column.name.startsWith('items.')) continue;
    const numbers = column.numbers();
    for (let row = 0; row < counts.length; row++) if (!Number.isNaN(numbers[row]!)) counts[row]! += numbers[row]!;
  }
  return counts;
}
