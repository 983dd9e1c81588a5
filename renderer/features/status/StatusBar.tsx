import { IconAlertTriangle, IconCircleCheck, IconLoader2 } from '@tabler/icons-react';
import type { JobProgress } from '#shared/model/job.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { usePlace } from '../../data/place-context.tsx';
import type { ViewState } from '../../state/view-state.ts';
import { useView } from '../../state/use-view.tsx';
import { formatBytes, formatCount, formatDuration } from '../../ui/format.ts';
import { KeyHint } from '../../ui/Key.tsx';
import { keyCaps, type KeyId } from '../../ui/key-table.ts';
import css from './StatusBar.module.css';

/** How far reading is, and the keys that matter here. */
export function StatusBar({ onStop }: { onStop: () => void }) {
  const { view } = useView();
  return (
    <footer className={css.bar}>
      <ReadingState onStop={onStop} />
      {(view.lens === 'rollouts' || view.lens === 'groups') && <PlaceInList noun={view.lens === 'groups' ? 'task' : 'row'} />}
      {view.draft !== null && <span>draft threshold · faded rows would be dropped</span>}
      {view.lens === 'export' && <span>The filter bar stays live: change it and every count here follows</span>}
      <span className={css.push} />
      <Hints />
    </footer>
  );
}

function PlaceInList({ noun }: { noun: string }) {
  const place = usePlace();
  if (place === null) return null;
  const marked = place.marked > 0 ? ` · ${formatCount(place.marked)} selected` : '';
  return <span>{`${noun} ${formatCount(place.index + 1)} of ${formatCount(place.total)}${marked}`}</span>;
}

function ReadingState({ onStop }: { onStop: () => void }) {
  const { state } = useDataset();
  const notices = [...(state.notices ?? []), ...(state.limits ?? [])];
  switch (state.phase) {
    case 'reading':
      return (
        <span className={css.item} role="status">
          <IconLoader2 size={13} className={css.turning} aria-hidden />
          {`Reading ${shareOf(state.bytesRead, state.bytesTotal)} · ${formatCount(state.rows)} rollouts so far${paceOf(state.job)}`}
          <button type="button" className={css.link} onClick={onStop}>
            Cancel
          </button>
        </span>
      );
    case 'ready':
      if (notices.length > 0) {
        return (
          <span className={css.item} role="status" title={notices.join('\n')}>
            <IconAlertTriangle size={13} className={css.warn} aria-hidden />
            {notices[0]}
          </span>
        );
      }
      return (
        <span className={css.item}>
          <IconCircleCheck size={13} className={css.ok} aria-hidden />
          {`Indexed ${formatCount(state.lines)} lines in ${formatDuration(state.elapsedMs)}${state.growing ? ' · still growing' : ''}`}
        </span>
      );
    case 'cancelled':
      return (
        <span className={css.item}>
          <IconAlertTriangle size={13} className={css.warn} aria-hidden />
          {`Stopped after ${shareOf(state.bytesRead, state.bytesTotal)}: everything counts the first ${formatCount(state.lines)} lines only`}
        </span>
      );
    case 'failed':
      return (
        <span className={css.item}>
          <IconAlertTriangle size={13} className={css.warn} aria-hidden />
          {state.error ?? `Reading failed after ${shareOf(state.bytesRead, state.bytesTotal)}`}
        </span>
      );
  }
}

/** ` · 980 MB/s · 3.2 s left`, as far as it is known and worth saying. */
function paceOf(job: JobProgress | undefined): string {
  if (job?.secondsLeft === undefined) return '';
  const left = job.secondsLeft < 1 ? '' : ` · ${formatDuration(job.secondsLeft * 1000)} left`;
  return ` · ${formatBytes(job.bytesPerSecond)}/s${left}`;
}

/** `1.8 of 4.3 GB`, the unit once where it is the same. */
function shareOf(done: number, total: number): string {
  const [a, b] = [formatBytes(done), formatBytes(total)];
  const [number, unit] = a.split(' ');
  return b.endsWith(` ${unit ?? ''}`) ? `${number ?? a} of ${b}` : `${a} of ${b}`;
}

const hints = {
  draft: [
    [['threshold.use'], 'use as filter'],
    [['threshold.drop'], 'discard'],
    [['rail.narrower', 'rail.wider'], 'rail width'],
  ],
  reader: [
    [['reader.next', 'reader.previous'], 'next, previous'],
    [['back'], 'back to list'],
  ],
  list: [
    [['list.down', 'list.up'], 'move'],
    [['list.read'], 'read'],
    [['threshold'], 'threshold'],
    [['filter'], 'filter'],
  ],
  groups: [
    [['groups.open'], 'open task'],
    [['groups.read'], 'read best'],
    [['filter.signal'], 'signal only'],
  ],
  other: [[['back'], 'back to rollouts']],
} as const satisfies Record<string, readonly (readonly [readonly KeyId[], string])[]>;

function placeOf({ draft, reader, lens }: ViewState): keyof typeof hints {
  if (draft !== null) return 'draft';
  if (reader !== null) return 'reader';
  return lens === 'rollouts' ? 'list' : lens === 'groups' ? 'groups' : 'other';
}

function Hints() {
  const { view } = useView();
  const place = placeOf(view);
  return (
    <>
      {hints[place].map(([ids, text]) => (
        <KeyHint key={text} keys={ids.map((id) => keyCaps(id).join(''))}>
          {text}
        </KeyHint>
      ))}
      <KeyHint keys={keyCaps('help')}>keys</KeyHint>
    </>
  );
}
