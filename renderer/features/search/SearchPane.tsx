import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconFilterPlus, IconLetterCase, IconPlayerStop, IconRegex, IconSearch, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { searchScopes, type SearchPattern, type SearchSnippet } from '#shared/model/search.ts';
import { useFocus } from '../../data/focus-context.tsx';
import { keptMatches, useSearch } from '../../data/use-search.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatCount, formatPercent, plural } from '../../ui/format.ts';
import { withKey } from '../../ui/key-press.ts';
import { Notice } from '../../ui/Notice.tsx';
import { BandTable } from './BandTable.tsx';
import { HitList } from './HitList.tsx';
import { PatternLine, scopeNames, toggledScopes } from './PatternLine.tsx';
import { textCondition } from './text-condition.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './SearchPane.module.css';

interface SearchPaneProps {
  readonly pattern: SearchPattern;
  /** Beside an open rollout. */
  readonly compact: boolean;
  readonly onRead: (row: number, snippet: SearchSnippet) => void;
}

/** What was looked for in all text, and where it stands: each hit with its line, its place and what is around it. */
export function SearchPane({ pattern, compact, onRead }: SearchPaneProps) {
  const { view, dispatch } = useSteadyView();
  const { base, metric } = useFocus();
  const search = useSearch(pattern, base, { metric: metric?.name, passMark: view.passMark ?? undefined });
  const pane = useRef<HTMLElement>(null);
  const condition = textCondition(pattern);
  const keep = (): void => {
    if (condition !== null) dispatch({ type: 'filter.add', condition });
    dispatch({ type: 'search', search: null });
  };

  const close = (): void => dispatch({ type: 'search', search: null });
  useOffers(() => [
    { id: 'search.close', title: 'Close the search', key: 'back', icon: IconX, run: close },
    ...(search.running ? [{ id: 'search.stop', title: 'Stop searching', icon: IconPlayerStop, run: search.stop }] : []),
    ...(condition === null
      ? []
      : [{ id: 'search.keep', title: 'Keep only the rollouts that were found', icon: IconFilterPlus, run: keep }]),
    {
      id: 'search.case',
      title: pattern.ignoreCase ? 'Search: tell upper from lower case' : 'Search: upper and lower case alike',
      icon: IconLetterCase,
      run: () => dispatch({ type: 'search', search: { ...pattern, ignoreCase: !pattern.ignoreCase } }),
    },
    {
      id: 'search.regex',
      title: pattern.regex ? 'Search: as plain text' : 'Search: as a regular expression',
      icon: IconRegex,
      run: () => dispatch({ type: 'search', search: { ...pattern, regex: !pattern.regex } }),
    },
    ...searchScopes
      .filter((scope) => pattern.scopes.length > 1 || !pattern.scopes.includes(scope))
      .map((scope) => ({
        id: `search.scope.${scope}`,
        title: `Search: ${pattern.scopes.includes(scope) ? 'not in' : 'also in'} ${scopeNames[scope].toLowerCase()}`,
        icon: IconSearch,
        run: () => dispatch({ type: 'search', search: { ...pattern, scopes: toggledScopes(pattern.scopes, scope) } }),
      })),
  ]);

  return (
    <section ref={pane} className={css.pane} aria-label="Search" data-compact={compact || undefined}>
      <header className={css.head}>
        <PatternLine
          pattern={pattern}
          onPattern={(next) => dispatch({ type: 'search', search: next })}
          onDone={() => pane.current?.querySelector<HTMLElement>('[role=listbox]')?.focus()}
        />
        <Tooltip label={withKey('Back to the list', 'back')}>
          <ActionIcon aria-label="Close the search" onClick={close}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={css.state}>
        <Found search={search} isFiltered={view.filter.length > 0} />
        {search.running && (
          <button type="button" className={css.link} onClick={search.stop}>
            Cancel
          </button>
        )}
        <span className={css.push} />
        {condition !== null && search.found.rows > 0 && (
          <Button variant="subtle" size="xs" leftSection={<IconFilterPlus size={14} />} onClick={keep}>
            Keep only these
          </Button>
        )}
      </div>
      {search.bands !== null && search.totals?.rows !== 0 && (
        <BandTable bands={search.bands} onKeep={(added) => dispatch({ type: 'filter.add', condition: added })} />
      )}
      {search.totals?.rows === 0 ? (
        <Notice
          title={`Nothing says “${pattern.text}”`}
          detail={view.filter.length > 0 ? 'Only rollouts that the filter keeps were searched.' : undefined}
        >
          {view.filter.length > 0 && (
            <Button variant="default" onClick={() => dispatch({ type: 'filter.set', filter: [] })}>
              Search all rollouts
            </Button>
          )}
        </Notice>
      ) : (
        <HitList search={search} compact={compact} onRead={onRead} />
      )}
    </section>
  );
}

/** How much was found, and of how much. */
function Found({ search, isFiltered }: { search: ReturnType<typeof useSearch>; isFiltered: boolean }) {
  const { found, totals, progress, error, running, stopped } = search;
  if (error !== null) return <span role="alert">{error.message}</span>;
  const counts = `${plural(found.hits, 'hit')} in ${plural(found.rows, 'rollout')}`;
  if (totals === null) {
    const done = progress === null ? '' : ` · ${formatPercent(progress.bytesDone, progress.bytesTotal)} searched`;
    return (
      <span role="status">
        {counts}
        {running ? ' so far' : stopped ? ', stopped' : ''}
        {done}
      </span>
    );
  }
  return (
    <span role="status">
      <b>{counts}</b> of {formatCount(totals.rowsSearched)} searched{isFiltered ? ', which the filter keeps' : ''}
      {found.rows > keptMatches && ` · the first ${formatCount(keptMatches)} are listed`}
      {totals.unread > 0 && ` · ${plural(totals.unread, 'rollout')} too long to search`}
    </span>
  );
}
