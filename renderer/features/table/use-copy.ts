import { useMemo, useRef } from 'react';
import { toAppError } from '#shared/errors.ts';
import type { LinesProgress } from '#shared/model/job.ts';
import type { CopyFormat } from '#shared/model/view-file.ts';
import { useCall } from '../../data/client.tsx';
import { type Copying, useTellCopying } from '../../data/copying-context.tsx';
import { useDataset } from '../../data/dataset-context.tsx';
import { useSelected } from '../../state/use-view.tsx';
import { plural } from '../../ui/format.ts';
import { useSteady } from '../../ui/use-steady.ts';
import type { Columns } from './use-columns.ts';
import type { GridPlace } from './use-grid-place.ts';
import type { MarkedRows } from './use-marked.ts';

export type Copy = {
  /** What Ctrl+C means here: the marked rows, else the cell that the keys are on, else the row. */
  readonly usual: () => void;
  readonly rows: (format: 'tsv' | 'json') => void;
  readonly text: (text: string, what: string) => void;
  /** The rows that would be copied. */
  readonly count: number;
};

interface CopyFrom {
  readonly columns: Columns;
  readonly place: GridPlace;
  readonly marked: MarkedRows;
  /** Says what was copied, or why it was not. */
  readonly say: (text: string) => void;
}

/** Copies cells and rows, every value whole: the engine reads those that the table only previews. */
export function useCopy({ columns, place, marked, say }: CopyFrom): Copy {
  const call = useCall();
  const { dataset } = useDataset();
  const selected = useSelected();
  const tellCopying = useTellCopying();
  const flight = useRef<AbortController | null>(null);
  const chosen = marked.rows.size > 0 ? [...marked.rows].sort((a, b) => a - b) : selected === null ? [] : [selected];

  const put = async (text: Promise<string>, what: string, signal?: AbortSignal): Promise<void> => {
    try {
      await writeText(text);
      say(`Copied ${what}`);
    } catch (thrown) {
      if (signal?.aborted !== true) say(`Nothing was copied: ${toAppError(thrown).message}`);
    }
  };
  const copy = (rows: readonly number[], names: readonly string[], format: CopyFormat, what: string): void => {
    if (rows.length === 0) return;
    flight.current?.abort();
    const abort = new AbortController();
    flight.current = abort;
    const { signal } = abort;
    const tell = (copying: Copying | null): void => (flight.current === abort ? tellCopying(copying) : undefined);
    const onProgress = (progress: LinesProgress): void => tell({ rows: rows.length, progress, stop: () => abort.abort() });
    const text = call('rows.copy', { dataset, rows: [...rows], columns: [...names], format }, { signal, onProgress })
      .then((answer) => answer.text)
      .finally(() => tell(null));
    void put(text, what, signal);
  };
  const shown = columns.placed.map(({ column }) => column.name);
  const rows = (format: 'tsv' | 'json'): void => copy(chosen, shown, format, `${plural(chosen.length, 'row')} as ${format.toUpperCase()}`);
  const cell = place.column?.column.name;
  const actions = useSteady<Omit<Copy, 'count'>>({
    usual: () => (marked.rows.size > 0 || cell === undefined ? rows('tsv') : copy(chosen, [cell], 'value', `the value of ${cell}`)),
    rows,
    text: (text, what) => void put(Promise.resolve(text), what),
  });
  const count = chosen.length;
  return useMemo(() => ({ ...actions, count }), [actions, count]);
}

/** A promise given to the clipboard keeps the right that the key press gave, however long the text takes. */
async function writeText(text: Promise<string>): Promise<void> {
  if (typeof ClipboardItem === 'undefined') return navigator.clipboard.writeText(await text);
  const blob = text.then((value) => new Blob([value], { type: 'text/plain' }));
  await Promise.all([blob, navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])]);
}
