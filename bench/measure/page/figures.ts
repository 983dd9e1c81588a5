import { atMost, type Line } from '../table.ts';
import type { Recorded } from './recorder.ts';

/** The longest that a frame may take, in ms. */
const mostMs = 50;

/** The worst frame of a gesture, and in words how the others were. */
export function frameLine(name: string, { frames, shift }: Recorded): Line {
  const worst = Math.max(...frames);
  const over = frames.filter((ms) => ms > mostMs).length;
  const parts = [
    `median ${quantile(frames, 0.5).toFixed(1)}`,
    `99 % ${quantile(frames, 0.99).toFixed(1)}`,
    `${over} of ${frames.length} over`,
  ];
  if (shift > 0.0005) parts.push(`shift ${shift.toFixed(3)}`);
  return { ...atMost(`${name}: worst frame`, worst, 'ms', mostMs), note: parts.join(', ') };
}

/** Questions of a drag about what its draft would leave. */
export const draftCalls = ({ calls }: Recorded): Recorded['calls'] =>
  calls.filter(({ method, sent }) => method === 'selection.summary' && sent.includes('"draft":["'));

/**
 * Of what a drag asked: the most that one view asked a move, how long the page waited for the figures while it drew, and how long they
 * take through the rpc to one who only asks (`apart`, in ms).
 */
export function callLines(name: string, recorded: Recorded, moves: number, apart: readonly number[], answerMs: number): Line[] {
  const { calls } = recorded;
  const byView = new Map<string, { readonly method: string; count: number }>();
  for (const { about, method } of calls) byView.set(about, { method, count: (byView.get(about)?.count ?? 0) + 1 });
  const most = Math.max(0, ...[...byView.values()].map(({ count }) => count));
  const said = [...byView.values()].map(({ method, count }) => `${method} ${count}`).join(', ');
  const times = draftCalls(recorded).flatMap(({ ms }) => (ms === null ? [] : [ms]));
  return [
    { ...atMost(`${name}: requests of a view a move`, most / moves, '', 1), note: `${moves} moves: ${said}` },
    waitLine(atMost(`${name}: answer through the rpc, median`, quantile(apart, 0.5), 'ms', answerMs), apart),
    waitLine(atMost(`${name}: until the page, drawing, hears it, median`, quantile(times, 0.5), 'ms'), times),
  ];
}

const waitLine = (line: Line, times: readonly number[]): Line => ({ ...line, note: `95 % ${quantile(times, 0.95).toFixed(1)} ms` });

export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? Number.NaN;
}
