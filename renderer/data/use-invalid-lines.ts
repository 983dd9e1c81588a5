import { useCallback } from 'react';
import type { InvalidLine } from '#shared/model/problem.ts';
import { useCall } from './client.tsx';
import { useDataset } from './dataset-context.tsx';
import { useLatest } from './use-latest.ts';

/** Lines asked for at a time. */
const windowLines = 200;

export interface LineWindow {
  readonly total: number;
  /** Undefined while it is on its way. */
  line(index: number): InvalidLine | undefined;
}

/** The invalid lines of a rule around the first visible one; undefined until the first answer. A null rule asks nothing. */
export function useInvalidLines(rule: string | null, firstVisible: number): LineWindow | undefined {
  const call = useCall();
  const { dataset, version } = useDataset();
  const start = Math.max(0, Math.floor(firstVisible / windowLines) * windowLines - windowLines / 2);
  const ask = useCallback(
    async (from: { rule: string; start: number }, signal: AbortSignal) => {
      const range = { start: from.start, end: from.start + 2 * windowLines };
      return { ...from, ...(await call('problems.lines', { dataset, rule: from.rule, range }, { signal })) };
    },
    [call, dataset],
  );
  const { value } = useLatest(ask, rule === null ? null : { rule, start }, { version });
  if (value === undefined || value.rule !== rule) return undefined;
  return { total: value.total, line: (index) => value.lines[index - value.start] };
}

/** The row on a line of a file; null when there is none. */
export function useRowAtLine(): (file: string, line: number) => Promise<number | null> {
  const call = useCall();
  const { dataset } = useDataset();
  return useCallback(async (file, line) => (await call('rows.atLine', { dataset, file, line })).row, [call, dataset]);
}
