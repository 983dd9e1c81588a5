import { memo } from 'react';
import { IconAlertTriangle, IconCircleCheck, IconLoader2, IconArrowBarDown, IconPlayerStop } from '@tabler/icons-react';
import type { DatasetState } from '#shared/model/dataset.ts';
import type { JobProgress, LinesProgress } from '#shared/model/job.ts';
import type { MarksSummary } from '#shared/model/marks.ts';
import { useCopying } from '../../data/copying-context.tsx';
import { useColumnReading, useDataset } from '../../data/dataset-context.tsx';
import { useProblemSearch } from '../../data/problems-context.tsx';
import { usePreparation } from '../../data/use-preparation.ts';
import { usePlace } from '../../data/place-context.tsx';
import type { CalmView } from '../../state/view-state.ts';
import { useView } from '../../state/use-view.tsx';
import { formatBytes, formatCount, formatDuration, formatPercent, plural } from '../../ui/format.ts';
import { KeyHint } from '../../ui/Key.tsx';
import type { KeyId } from '../../ui/key-table.ts';
import { linesPassNames } from '../../ui/lines-pass.ts';
import { useLasting } from '../../ui/use-lasting.ts';
import { useNewRows } from './use-new-rows.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './StatusBar.module.css';

/** How far reading is, and the keys that matter here. What takes work back stands before words that change their length. */
export const StatusBar = memo(function StatusBar({ onStop }: { onStop: () => void }) {
  const { view } = useView();
  return (
    <footer className={css.bar}>
      <ReadingState onStop={onStop} />
      <Asked />
      {(view.lens === 'rollouts' || view.lens === 'groups') && <PlaceInList noun={view.lens === 'groups' ? 'task' : 'row'} />}
      {view.draft !== null && <span>draft threshold · faded rows would be dropped</span>}
      {view.lens === 'export' && <span>The filter bar stays live: change it and every count here follows</span>}
      <span className={css.push} />
      <Hints />
    </footer>
  );
});

/** What the user asked for that takes long: it can be taken back while it lasts, and what was there before is there again. */
function Asked() {
  const asked = useAsked();
  const lasts = useLasting(asked !== null, 400);
  useOffers(() => (asked === null ? [] : [{ id: 'asked.stop', title: asked.stopTitle, icon: IconPlayerStop, run: asked.stop }]));
  const { view } = useView();
  if (asked === null || !lasts) return view.lens === 'problems' ? null : <Problems />;
  return <Progress {...asked} />;
}

interface LongWork {
  readonly words: string;
  readonly progress: LinesProgress;
  readonly stop: () => void;
}

/** One thing at a time, the one that the others wait for. */
function useAsked(): (LongWork & { readonly stopTitle: string }) | null {
  const { view, dispatch } = useView();
  const filter = usePreparation({ filter: view.filter, sort: [] });
  const sort = usePreparation(view.lens === 'rollouts' ? { filter: [], sort: view.sort } : null);
  const column = useColumnReading();
  const copying = useCopying();
  if (filter.progress !== null) {
    const words = `${linesPassNames[filter.progress.pass]} for the filter`;
    const stop = (): void => dispatch({ type: 'filter.set', filter: filter.ready.filter });
    return { words, progress: filter.progress, stop, stopTitle: 'Filter as before' };
  }
  if (sort.progress !== null) {
    const words = `${linesPassNames[sort.progress.pass]} for the order`;
    const stop = (): void => dispatch({ type: 'sort.set', sort: sort.ready.sort });
    return { words, progress: sort.progress, stop, stopTitle: 'Sort as before' };
  }
  if (column !== null) {
    const words = `${linesPassNames[column.progress.pass]} for ${shorten(column.column)}`;
    const stop = (): void => dispatch({ type: 'column.remove', column: column.column });
    return { words, progress: column.progress, stop, stopTitle: `Leave the column ${column.column} out` };
  }
  return copying && { ...copying, words: `Copying ${plural(copying.rows, 'row')}`, stopTitle: 'Stop copying' };
}

const shownName = 32;

function shorten(name: string): string {
  return name.length > shownName ? `${name.slice(0, shownName - 1)}…` : name;
}

/** The search for problems goes through all lines: said where it lasts, and not beside its own lens. */
function Problems() {
  const { progress, stop } = useProblemSearch();
  const lasts = useLasting(progress !== null, 1000);
  if (progress === null || !lasts) return null;
  return <Progress words="Looking for problems" progress={progress} stop={stop} />;
}

function Progress({ words, progress: { rowsDone, rowsTotal }, stop }: LongWork) {
  return (
    <span className={css.item} role="status">
      <IconLoader2 size={13} className={css.turning} aria-hidden />
      <button type="button" className={css.link} onClick={stop}>
        Cancel
      </button>
      {`${words} · ${formatPercent(rowsDone, rowsTotal)}`}
    </span>
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
  useOffers(() =>
    state.phase === 'reading' ? [{ id: 'reading.stop', title: 'Stop reading the file', icon: IconPlayerStop, run: onStop }] : [],
  );
  const notices = [...(state.notices ?? []), ...(state.limits ?? []), ...marksNotices(state.marks)];
  switch (state.phase) {
    case 'reading':
      return (
        <span className={css.item} role="status">
          <IconLoader2 size={13} className={css.turning} aria-hidden />
          <button type="button" className={css.link} onClick={onStop}>
            Cancel
          </button>
          {readingWords(state)}
        </span>
      );
    case 'ready':
      if (notices.length > 0) {
        return (
          <span className={css.noticed} role="status" title={notices.join('\n')}>
            <IconAlertTriangle size={13} className={css.warn} aria-hidden />
            <span className={css.notice}>{notices[0]}</span>
          </span>
        );
      }
      return <Ready />;
    case 'cancelled':
      return (
        <span className={css.item}>
          <IconAlertTriangle size={13} className={css.warn} aria-hidden />
          {`Stopped after ${shareOf(state.bytesRead, state.bytesTotal)}: everything counts the first ${plural(state.lines, 'line')} only`}
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

/** After the last byte rollouts are still told apart by their tasks, which may take every prompt. A pipe has no fingerprint before its end. */
function readingWords({ bytesRead, bytesTotal, rows, fingerprint, job }: DatasetState): string {
  if (fingerprint !== '' && bytesRead > 0 && bytesRead === bytesTotal)
    return `Read ${formatBytes(bytesTotal)} · telling the tasks of ${plural(rows, 'rollout')} apart`;
  return `Reading ${shareOf(bytesRead, bytesTotal)} · ${formatCount(rows)} rollouts so far${paceOf(job)}`;
}

/** All is read; of a file that is followed, what it brought since. */
function Ready() {
  const { state } = useDataset();
  const { count, goTo } = useNewRows();
  useOffers(() =>
    count === 0 ? [] : [{ id: 'rows.new', title: `Go to the ${plural(count, 'new row')}`, icon: IconArrowBarDown, run: goTo }],
  );
  return (
    <span className={css.item} role={state.growing || count > 0 ? 'status' : undefined}>
      <IconCircleCheck size={13} className={css.ok} aria-hidden />
      {state.growing || count > 0
        ? `Following the file${count > 0 ? ' ·' : ''}`
        : `Indexed ${plural(state.lines, 'line')} in ${formatDuration(state.elapsedMs)}`}
      {count > 0 && (
        <button type="button" className={css.link} onClick={goTo}>
          {plural(count, 'new row')}
        </button>
      )}
    </span>
  );
}

/** What is unusual about where review marks are kept. */
function marksNotices(marks: MarksSummary | undefined): string[] {
  if (!marks) return [];
  return [
    ...(marks.error === undefined ? [] : [`Review marks cannot be read: ${marks.error}`]),
    ...(marks.unreadableLines > 0 ? [`${plural(marks.unreadableLines, 'line')} of the review marks cannot be read; kept as they are`] : []),
    ...(marks.lost > 0 ? [`${plural(marks.lost, 'review mark')} of no rollout here; kept`] : []),
    ...(marks.aside ?? []).map((name) => `A file in the place of review marks held none: it is kept as ${name}`),
    ...(marks.inDataFolder === true ? ['Review marks are kept in your own folder: nothing can be written beside the file'] : []),
  ];
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
  hits: [
    [['list.down', 'list.up'], 'move'],
    [['hits.read'], 'read'],
    [['back'], 'back to list'],
  ],
  problems: [
    [['problems.in'], 'only these'],
    [['problems.out'], 'leave out'],
    [['back'], 'back to rollouts'],
  ],
  other: [[['back'], 'back to rollouts']],
} as const satisfies Record<string, readonly (readonly [readonly KeyId[], string])[]>;

function placeOf({ draft, reader, lens, search }: CalmView): keyof typeof hints {
  if (draft !== null) return 'draft';
  if (reader !== null) return 'reader';
  if (lens === 'rollouts' && search !== null) return 'hits';
  if (lens === 'problems') return 'problems';
  return lens === 'rollouts' ? 'list' : lens === 'groups' ? 'groups' : 'other';
}

function Hints() {
  const { view } = useView();
  const place = placeOf(view);
  return (
    <>
      {hints[place].map(([ids, text]) => (
        <KeyHint key={text} ids={ids}>
          {text}
        </KeyHint>
      ))}
      <KeyHint ids={['help']}>keys</KeyHint>
    </>
  );
}
