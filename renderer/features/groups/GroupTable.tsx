import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { limits } from '#shared/limits.ts';
import { conditionRange } from '#shared/model/expression/index.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useFocus } from '../../data/focus-context.tsx';
import { useGroupsContext } from '../../data/groups-context.tsx';
import { useTellPlace } from '../../data/place-context.tsx';
import { useRowHeight } from '../../data/use-settings.tsx';
import { useView } from '../../state/use-view.tsx';
import { useHeldKey } from '../../ui/use-held-key.ts';
import { useRowWindow } from '../../ui/use-row-window.ts';
import { hasLongValues, layoutGroupColumns, stripPitch } from './columns.ts';
import { layoutDetail } from './detail-columns.ts';
import { Caption, Foot } from './DetailEdges.tsx';
import { takeKey } from './group-keys.ts';
import { GroupHeadCell } from './GroupHeadCell.tsx';
import { GroupRow } from './GroupRow.tsx';
import { keepsGroup } from './kept.ts';
import { type Line, lineAt, lineCount, lineOf, shownBy } from './lines.ts';
import { NoGroups } from './NoGroups.tsx';
import { RolloutLine } from './RolloutLine.tsx';
import { stripRanges } from './strip-ranges.ts';
import { useGroupCursor } from './use-group-cursor.ts';
import { useGroupList } from './use-group-list.ts';
import { useGroupOffers } from './use-group-offers.ts';
import css from './GroupTable.module.css';

/** Characters of a task's name that its usual column shows. */
const shortName = 6;

/** One row a task; the open one shows its rollouts below it. `compact`: the list beside an open rollout. */
export function GroupTable({ compact }: { compact: boolean }) {
  const { view, dispatch } = useView();
  const { state } = useDataset();
  const { metric, passMark, range } = useFocus();
  const { measure, summary, plan } = useGroupsContext();
  const { advantage } = view.groups;
  const headHeight = compact ? 32 : 64;
  const list = useGroupList();
  const { question, groups, rollouts, open, openGroup } = list;
  const total = groups.total ?? 0;

  const lines = lineCount(total, open);
  const rowHeight = useRowHeight();
  const win = useRowWindow({ count: lines, rowHeight, headHeight });
  const cursor = useGroupCursor({ question, groups, rollouts, open, reveal: win.reveal });
  const at = cursor.stop;
  useTellPlace(at === null ? null : at.kind === 'group' ? at.index : (open?.index ?? null), total);
  const { show: showGroups } = groups;
  const { show: showRollouts } = rollouts;
  useEffect(() => {
    const shown = shownBy({ start: win.start, end: win.end }, total, open);
    showGroups({ start: shown.groups.start, end: Math.max(shown.groups.end, shown.groups.start + 1) });
    showRollouts({ start: shown.rollouts.start, end: Math.max(shown.rollouts.end, shown.rollouts.start + 1) });
  }, [showGroups, showRollouts, win.start, win.end, total, open]);
  useFocusFirst(win.ref);
  useTopOnNewQuestion(JSON.stringify(question), at !== null, win.toTop);

  const slots = Math.min(limits.groupStrip, Math.max(summary?.total.largest ?? 8, openGroup?.expected ?? 0));
  const k = measure?.k ?? 1;
  const planned = plan !== null;
  const longNames = (groups.at(0)?.task.length ?? 0) > shortName;
  const longValues = hasLongValues(range);
  const columns = useMemo(
    () => layoutGroupColumns({ width: win.width, k, advantage, slots, planned, longNames, longValues }),
    [win.width, k, advantage, slots, planned, longNames, longValues],
  );
  const rangeOfGroup = useMemo(() => stripRanges(summary, range), [summary, range]);
  const detail = layoutDetail(list.detail, metric?.name ?? 'reward', win.width);
  const drafted = view.draft === null ? null : conditionRange(view.draft);
  const read = (row: number, full = false): void => dispatch({ type: 'read', row, ...(full && { full }) });

  const isMissing = (what: Line): boolean =>
    (what.kind === 'group' && groups.at(what.index) === undefined) || (what.kind === 'rollout' && rollouts.at(what.at) === undefined);
  const drawLine = (line: number): ReactNode => {
    const key = win.keyOf(line);
    const what = lineAt(line, open);
    const top = win.topOf(line);
    switch (what.kind) {
      case 'group': {
        const group = groups.at(what.index);
        return (
          <GroupRow
            key={key}
            line={line}
            top={top}
            group={group}
            columns={columns}
            advantage={advantage}
            pitch={stripPitch(slots)}
            mark={passMark}
            range={group === undefined ? range : rangeOfGroup(group)}
            faded={group !== undefined && drafted !== null && !keepsGroup(group, drafted, metric?.name ?? 'reward')}
            selected={at?.kind === 'group' && at.index === what.index}
            open={what.index === open?.index}
            onSelect={() => cursor.moveTo(what)}
            onToggle={() => list.toggle(what.index)}
            onRead={read}
          />
        );
      }
      case 'rollout': {
        const rollout = rollouts.at(what.at);
        return (
          <RolloutLine
            key={key}
            line={line}
            top={top}
            at={what.at}
            rollout={rollout}
            columns={detail}
            mark={passMark}
            range={openGroup === undefined ? range : rangeOfGroup(openGroup)}
            selected={at?.kind === 'rollout' && at.at === what.at}
            onSelect={() => cursor.moveTo(what)}
            onRead={() => rollout !== undefined && read(rollout.row)}
          />
        );
      }
      case 'caption':
        return <Caption key={key} line={line} top={top} columns={detail} />;
      case 'foot':
        return <Foot key={key} line={line} top={top} group={openGroup} />;
    }
  };

  useGroupOffers(columns, openGroup);
  const isLoading = [win.start, win.end - 1].some((line) => line >= 0 && line < lines && isMissing(lineAt(line, open)));

  const held = useHeldKey();
  const onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!held.isEarly(event) && !takeKey(event, { list, cursor, pageRows: win.pageRows, onRead: read })) return;
    held.took();
    event.preventDefault();
  };

  return (
    <div className={css.pane}>
      {/* The grid takes the keys; its rows are named to it, not focused, so that scrolling one out of view loses nothing. */}
      <div
        ref={win.ref}
        className={css.grid}
        role="treegrid"
        tabIndex={0}
        aria-label="Groups"
        aria-rowcount={lines + 1}
        aria-colcount={columns.length}
        aria-activedescendant={at === null ? undefined : `line-${lineOf(at, open)}`}
        aria-busy={groups.total === undefined}
        data-keys="groups"
        data-grid
        onKeyDown={onKey}
      >
        <div role="rowgroup" className={css.head} style={{ width: win.width, height: headHeight }}>
          <div role="row" aria-rowindex={1} className={css.headRow}>
            {columns.map((column) => (
              <GroupHeadCell key={column.name} column={column} compact={compact} slots={slots} />
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className={css.body}
          data-loading={isLoading || undefined}
          style={{ height: win.bodyHeight, width: win.width }}
        >
          <div className={css.rows} style={win.shift}>
            {win.drawn.map(drawLine)}
          </div>
        </div>
      </div>
      {(groups.error !== null || ((groups.total === 0 || state.rows === 0) && state.phase !== 'reading')) && (
        <div className={css.over} style={{ top: headHeight }}>
          <NoGroups error={groups.error} />
        </div>
      )}
    </div>
  );
}

/** The list takes the keys when it comes into view, unless something else on screen has them. */
function useFocusFirst(ref: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) ref.current?.focus({ preventScroll: true });
  }, [ref]);
}

/** Another filter or order starts at the top, unless the selected task is in it: then it stays in view. */
function useTopOnNewQuestion(key: string, hasCursor: boolean, toTop: () => void): void {
  const last = useRef(key);
  useEffect(() => {
    if (last.current === key) return;
    last.current = key;
    if (!hasCursor) toTop();
  }, [key, hasCursor, toTop]);
}
