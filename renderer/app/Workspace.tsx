import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { AppError } from '#shared/errors.ts';
import type { PageOutput } from '../data/client.tsx';
import type { Session } from '../data/use-session.ts';
import { PairMenu } from '../features/export/PairMenu.tsx';
import { ExportSessionProvider } from '../features/export/export-session.tsx';
import type { LineStart } from '../features/filters/AddCondition.tsx';
import { FilterBar } from '../features/filters/FilterBar.tsx';
import { Rail } from '../features/rewards/Rail.tsx';
import type { Evidence } from '../features/conversation/find.ts';
import { SearchPane } from '../features/search/SearchPane.tsx';
import { ReviewStrip } from '../features/review/ReviewStrip.tsx';
import { RowMarks } from '../features/review/RowMarks.tsx';
import { useReview } from '../features/review/use-review.ts';
import { StatusBar } from '../features/status/StatusBar.tsx';
import { RolloutTable } from '../features/table/RolloutTable.tsx';
import { useSteadyView } from '../state/use-view.tsx';
import type { Lens, RailWidth } from '../state/view-state.ts';
import { useWindowWidth } from '../ui/use-window-width.ts';
import { DropTarget } from '../features/open/DropTarget.tsx';
import { RailHead } from '../features/rewards/RailHead.tsx';
import { KeysHelp, useKeysHelp } from './KeysHelp.tsx';
import { ExportLens, GroupsLens, GroupsRail, loadAhead, ProblemsLens, Reader } from './lazy.tsx';
import { ChangedFile } from './ChangedFile.tsx';
import { OtherView } from './OtherView.tsx';
import { DatasetPalette } from './palette/DatasetPalette.tsx';
import { usePalette } from './palette/use-palette.ts';
import { useSay } from './say.tsx';
import { TopBar } from './TopBar.tsx';
import { WrongParts } from './WrongParts.tsx';
import { useActions } from './use-actions.ts';
import { useChoose } from './use-choose.ts';
import { useEnterUsesDraft } from './use-enter-uses-draft.ts';
import { useKeysKept } from './use-keys-kept.ts';
import { useShortcuts } from './use-shortcuts.ts';
import css from './Frame.module.css';

interface WorkspaceProps {
  readonly info: PageOutput<'shell.info'> | undefined;
  readonly session: Session;
  readonly onReadAgain: () => void;
}

/** One dataset: rail, list and reader under one filter bar. Lenses change what fills them, never the frame. */
export function Workspace({ info, session, onReadAgain }: WorkspaceProps) {
  const { view, dispatch } = useSteadyView();
  const windowWidth = useWindowWidth();
  const say = useSay();
  const keys = useKeysHelp();
  const palette = usePalette();
  const [line, setLine] = useState<LineStart | null>(null);
  const [evidence, setEvidence] = useState<Evidence | null>(null);
  const narrow = windowWidth < 1200;
  const rail = view.rail ?? (narrow || !isListLens(view.lens) ? 'spine' : 'narrow');
  // The frame is drawn anew at each step of the cursor, for the marks of its row: what stands around the list is not.
  const setRail = useCallback((width: RailWidth) => dispatch({ type: 'rail', rail: width }), [dispatch]);
  const choose = useChoose(info, session.open);
  const review = useReview();
  const actions = useActions({ rail, openPalette: palette.open, toggleHelp: keys.toggle, choose, review });
  useShortcuts(actions);
  useEnterUsesDraft();
  useKeysKept(giveKeysBack);
  useLoadAhead();
  useFocusOnReturn(view.reader === null && isListLens(view.lens), view.search === null ? view.lens : 'search');

  const sayError = useCallback((error: AppError | null) => error !== null && say(error.message), [say]);
  const typeCondition = useCallback((text: string) => setLine({ text }), []);
  const over = narrow && rail !== 'spine';
  const { reader, lens } = view;
  const covered = reader !== null && (narrow || reader.full);

  return (
    <ExportSessionProvider>
      <div className={css.frame}>
        <TopBar onClose={session.close} onSearch={palette.open} />
        <FilterBar start={line} onLeave={giveKeysBack} />
        <OtherView />
        <WrongParts />
        <ChangedFile onReadAgain={onReadAgain} />
        <main className={css.main}>
          {over && <div className={css.room} />}
          <div className={css.rail} data-over={over || undefined}>
            {lens === 'groups' && rail !== 'spine' ? (
              <Suspense>
                <GroupsRail wide={rail === 'wide'} head={<RailHead width={rail} onWidth={setRail} ofTasks />} />
              </Suspense>
            ) : (
              <Rail width={rail} onWidth={setRail} onKeys={keys.toggle} />
            )}
          </div>
          {isListLens(lens) && (
            <div className={css.list} data-beside={(reader !== null && !covered) || undefined} data-covered={covered || undefined}>
              {lens === 'groups' ? (
                <Suspense>
                  <GroupsLens compact={reader !== null && !covered} />
                </Suspense>
              ) : view.search === null ? (
                <RolloutTable compact={reader !== null && !covered} say={say} />
              ) : (
                <SearchPane
                  pattern={view.search}
                  compact={reader !== null && !covered}
                  onRead={(row, snippet) => {
                    setEvidence({ row, snippet });
                    dispatch({ type: 'read', row });
                  }}
                />
              )}
            </div>
          )}
          {lens === 'problems' && (
            <div className={css.list} data-covered={reader !== null || undefined}>
              <Suspense>
                <ProblemsLens onRead={(row) => dispatch({ type: 'read', row })} />
              </Suspense>
            </div>
          )}
          {lens === 'export' && (
            <div className={css.list}>
              <Suspense>
                <ExportLens
                  onRead={(row) => {
                    dispatch({ type: 'lens', lens: 'rollouts' });
                    dispatch({ type: 'read', row });
                  }}
                  onClose={() => dispatch({ type: 'lens', lens: 'rollouts' })}
                />
              </Suspense>
            </div>
          )}
          {reader !== null && lens !== 'export' && (
            <div className={css.reader}>
              <Suspense>
                <Reader
                  row={reader.row}
                  full={covered}
                  splits={!narrow && isListLens(lens)}
                  evidence={evidence}
                  marks={
                    <>
                      <RowMarks review={review} />
                      <PairMenu row={reader.row} say={say} />
                    </>
                  }
                />
              </Suspense>
            </div>
          )}
        </main>
        <ReviewStrip review={review} onLeave={giveKeysBack} />
        <StatusBar onStop={session.stop} />
        {info !== undefined && <DropTarget shell={info.shell} onOpen={session.open} onError={sayError} />}
        {keys.opened && <KeysHelp onClose={keys.toggle} />}
        <DatasetPalette palette={palette} actions={actions} info={info} session={session} typeCondition={typeCondition} />
      </div>
    </ExportSessionProvider>
  );
}

/** What takes the keys when nothing else has them, the first of these that is on screen: what is read, a list, a step. */
const keyHolders = ['[data-reader-focus], [data-keys=reader]', '[data-grid]', '[data-keys=problems]', '[aria-current=step]'];

function giveKeysBack(): void {
  const holders = keyHolders.map((selector) => document.querySelector<HTMLElement>(selector));
  holders.find((holder) => holder !== null)?.focus({ preventScroll: true });
}

/** Lenses that list what one reads, beside the reader. */
function isListLens(lens: Lens): boolean {
  return lens === 'rollouts' || lens === 'groups';
}

/** Once the first rows and charts have had their turn. */
function useLoadAhead(): void {
  useEffect(() => {
    const timer = setTimeout(loadAhead, 1500);
    return () => clearTimeout(timer);
  }, []);
}

/** The list takes the keys when it is shown and when the reader or the search closes. */
function useFocusOnReturn(listHasIt: boolean, shown: Lens | 'search'): void {
  const first = useRef(true);
  useEffect(() => {
    if (!listHasIt) return;
    const holder = document.activeElement;
    if (first.current || holder === null || holder === document.body) {
      document.querySelector<HTMLElement>('[data-grid]')?.focus({ preventScroll: true });
    }
    first.current = false;
  }, [listHasIt, shown]);
}
