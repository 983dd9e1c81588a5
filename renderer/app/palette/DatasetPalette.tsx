import { IconFilter, IconFilterSearch, IconFilterStar, IconPackageExport } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { AppError } from '#shared/errors.ts';
import { checkedExpression, parseExpression, splitConditions } from '#shared/model/expression/index.ts';
import type { ColumnInfo } from '#shared/model/column.ts';
import type { PageOutput } from '../../data/client.tsx';
import type { Session } from '../../data/use-session.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';
import type { Actions } from '../use-actions.ts';
import type { Command } from '../../ui/command.ts';
import type { Section } from './section.ts';
import { useOffered } from '../../ui/offers.tsx';
import { useExportCommands } from './use-export-commands.ts';
import { useLineCommands, useTaskCommands } from './go-to.ts';
import { matching } from './match.ts';
import { Palette } from './Palette.tsx';
import { useAppCommands } from './use-app-commands.ts';
import { useColumnCommands } from './use-column-commands.ts';
import { useViewCommands } from './use-commands.ts';
import { useNeighbourCommands } from './use-neighbour-commands.ts';
import { useLinkCommands } from './use-link-commands.ts';
import { useSavedViewCommands } from './use-saved-view-commands.ts';
import { useTextCommands } from './use-text-commands.ts';
import { usePaletteState, type PaletteControl } from './use-palette.ts';

interface DatasetPaletteProps {
  readonly palette: PaletteControl;
  readonly actions: Actions;
  readonly info: PageOutput<'shell.info'> | undefined;
  readonly session: Session;
  /** Puts the beginning of a condition into the line of the filter bar. */
  readonly typeCondition: (start: string) => void;
}

const mostColumns = 40;
const mostFound = 60;
/** Without a query: what is not looked for must not hold up the first frame. */
const fewColumns = 8;

/** The palette over a dataset: verbs first, then columns; a line, a task, a condition or a link that is typed comes before all. */
export function DatasetPalette(props: DatasetPaletteProps) {
  return usePaletteState(props.palette).opened ? <Opened {...props} /> : null;
}

function Opened({ palette, actions, info, session, typeCondition }: DatasetPaletteProps) {
  const { query, placeholder } = usePaletteState(palette);
  const appCommands = useAppCommands(info, session);
  const { commands: links, linkTyped } = useLinkCommands(query);
  const views = useSavedViewCommands(palette);
  const exports = useExportCommands();
  const neighbours = useNeighbourCommands();
  const offered = useOffered();
  const extra = useMemo(
    () => [...views, ...links, ...offered.filter(({ column }) => column === undefined), ...exports, ...neighbours, ...appCommands],
    [offered, views, links, exports, neighbours, appCommands],
  );
  const commands = useViewCommands(actions, palette, extra);
  const columns = useColumnCommands(typeCondition, offered);
  const lines = useLineCommands(query);
  const tasks = useTaskCommands(query);
  const conditions = useConditionCommands(query);

  const onlyCommands = query.startsWith('>');
  const onlyText = query.startsWith('/');
  const texts = useTextCommands(onlyText ? query.slice(1) : query);
  const words = onlyCommands ? query.slice(1) : query;
  const goes = linkTyped ?? (query.startsWith(':') ? lines : query.startsWith('#') ? tasks : null);
  const inText = { title: 'Search in all text', commands: onlyCommands ? [] : texts, marks: onlyText ? query.slice(1) : query };
  const sections: readonly Section[] = (
    goes !== null
      ? [{ title: 'Go to', commands: goes, marks: '' }]
      : onlyText
        ? [inText]
        : [
            { title: 'Filter', commands: onlyCommands ? [] : conditions, marks: '' },
            { title: 'Commands', commands: commandsFor(words, commands, columns), marks: words },
            {
              title: 'Columns',
              commands: onlyCommands ? [] : matching(columns, words).slice(0, words.trim() === '' ? fewColumns : mostColumns),
              marks: words,
            },
            inText,
          ]
  ).filter((section) => section.commands.length > 0);

  return (
    <Palette
      query={query}
      onQuery={palette.setQuery}
      placeholder={placeholder}
      sections={sections}
      total={commands.length + columns.length}
      nothing={nothingFor(query)}
      onClose={palette.close}
    />
  );
}

/** Two words or more may mean something to do with a column; one would list all that can be done with each. */
function commandsFor(words: string, commands: readonly Command[], columns: readonly Command[]): Command[] {
  if (words.trim().split(/\s+/).length < 2) return matching(commands, words);
  const titles = new Set(commands.map(({ title }) => title));
  const within = columns.flatMap(({ more = [] }) => more).filter(({ title }) => !titles.has(title));
  return matching([...commands, ...within], words).slice(0, mostFound);
}

function nothingFor(query: string): string {
  if (query.startsWith(':')) return 'Type the number of a line, such as :3421.';
  if (query.startsWith('#')) return 'Type the key of a task, such as #542.';
  if (query.startsWith('/')) return 'Type what rollouts say, or a pattern.';
  return 'No command or column has these words.';
}

/** A query that is a condition of the language can be added as one. */
function useConditionCommands(query: string): Command[] {
  const { columns } = useDataset();
  const { view, dispatch } = useSteadyView();
  const add = useCallback(() => {
    const added = splitConditions(query).filter((condition) => !view.filter.includes(condition));
    dispatch({ type: 'filter.set', filter: [...view.filter, ...added] });
  }, [query, view.filter, dispatch]);
  return useMemo(
    () =>
      isCondition(query, columns)
        ? [
            {
              id: 'condition',
              title: query.trim(),
              detail: 'add this condition',
              icon: IconFilter,
              run: add,
              more: [
                { id: 'condition.add', title: `Add ${query.trim()}`, icon: IconFilter, run: add },
                {
                  id: 'condition.alone',
                  title: 'Filter by it alone',
                  icon: IconFilterStar,
                  run: () => dispatch({ type: 'filter.set', filter: splitConditions(query) }),
                },
                {
                  id: 'condition.try',
                  title: 'Try it as a draft',
                  icon: IconFilterSearch,
                  run: () => dispatch({ type: 'draft.set', condition: query.trim() }),
                },
                {
                  id: 'condition.export',
                  title: 'Use it for the export only',
                  icon: IconPackageExport,
                  run: () => dispatch({ type: 'exportOnly', conditions: [...view.exportOnly, query.trim()] }),
                },
              ],
            },
          ]
        : [],
    [query, columns, add, dispatch, view.exportOnly],
  );
}

/** More than a word that happens to be the name of a column of true and false. */
function isCondition(query: string, columns: readonly ColumnInfo[]): boolean {
  if (!/[=<>~"]|\b(?:not|missing|null|group\.|between)\b/.test(query)) return false;
  try {
    parseExpression(query);
    checkedExpression(query, columns);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
