import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import type { SearchSnippet } from '#shared/model/search.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import type { Search } from '../../data/use-search.ts';
import { useSelected } from '../../state/use-view.tsx';
import { formatCount } from '../../ui/format.ts';
import { isKey, listStep } from '../../ui/key-press.ts';
import { useRowWindow } from '../../ui/use-row-window.ts';
import { excerpt, HitLines, type HitLine } from './hit-lines.ts';
import { scopeNames } from './PatternLine.tsx';
import css from './SearchPane.module.css';

interface HitListProps {
  readonly search: Search;
  readonly compact: boolean;
  readonly onRead: (row: number, snippet: SearchSnippet) => void;
}

const lineHeight = 28;

/** The hits in the order of the file. New ones come in at the end: nothing that is read moves. */
export function HitList({ search, compact, onRead }: HitListProps) {
  const known = useMemo(() => new HitLines(), []);
  const lines = known.of(search.matches);
  const selected = useSelected();
  const [at, setAt] = useState(0);
  const win = useRowWindow({ count: lines.length, rowHeight: lineHeight, headHeight: 0 });
  const { reveal } = win;
  // Another search begins at the top.
  useEffect(() => setAt(0), [search.matches]);
  const { ref } = win;
  useEffect(() => {
    if (document.activeElement === document.body) ref.current?.focus({ preventScroll: true });
  }, [ref]);

  const go = (to: number): void => {
    const next = Math.min(lines.length - 1, Math.max(0, to));
    setAt(next);
    reveal(next);
    const line = lines[next];
    // While a rollout is open beside the list, it follows.
    if (compact && line !== undefined) onRead(line.match.row, line.snippet);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = listStep(event, win.pageRows);
    const current = lines[at];
    if (step !== null) go(at + step);
    else if (isKey('hits.read', event) && current !== undefined) onRead(current.match.row, current.snippet);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={win.ref}
      className={css.list}
      role="listbox"
      aria-label="Hits"
      aria-activedescendant={lines.length === 0 ? undefined : `hit-${at}`}
      aria-busy={search.running}
      tabIndex={0}
      data-grid
      data-keys="hits"
      data-testid="hits"
      onKeyDown={onKeyDown}
    >
      <div className={css.sizer} style={{ height: win.bodyHeight }}>
        <div className={css.hits} style={win.shift}>
          {win.drawn.map((index) => {
            const line = lines[index];
            if (line === undefined) return null;
            return (
              <Hit
                key={win.keyOf(index)}
                index={index}
                line={line}
                top={win.topOf(index)}
                compact={compact}
                isCurrent={index === at}
                isOpen={compact && line.match.row === selected}
                onRead={() => {
                  setAt(index);
                  onRead(line.match.row, line.snippet);
                }}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface HitProps {
  readonly index: number;
  readonly line: HitLine;
  readonly top: number;
  readonly compact: boolean;
  readonly isCurrent: boolean;
  readonly isOpen: boolean;
  readonly onRead: () => void;
}

function Hit({ index, line: { match, snippet, isFirst }, top, compact, isCurrent, isOpen, onRead }: HitProps) {
  const { state } = useDataset();
  const { before, hit, after } = excerpt(snippet, compact ? 12 : 40);
  const where = state.files.length > 1 ? `${match.path}:${match.line}` : formatCount(match.line);
  return (
    <div
      id={`hit-${index}`}
      className={css.hit}
      role="option"
      aria-selected={isCurrent}
      data-first={isFirst || undefined}
      data-open={isOpen || undefined}
      style={{ top }}
      onClick={onRead}
    >
      <span className={css.where} title={`line ${match.line} of ${match.path}`}>
        {isFirst && where}
      </span>
      {!compact && <span className={css.hits}>{isFirst && match.hits > 1 && `${formatCount(match.hits)} hits`}</span>}
      {!compact && (
        <span className={css.scope} data-scope={snippet.scope} title={snippet.at}>
          {scopeNames[snippet.scope]}
        </span>
      )}
      <span className={css.text}>
        {before}
        <mark>{hit}</mark>
        {after}
      </span>
    </div>
  );
}
