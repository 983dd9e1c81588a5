import { IconFileSearch, IconRegex } from '@tabler/icons-react';
import { searchScopes, type SearchPattern } from '#shared/model/search.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatBytes } from '../../ui/format.ts';
import type { Command } from '../../ui/command.ts';

/** Looking for the words of the query in all that rollouts say, as they stand or as a pattern. */
export function useTextCommands(words: string): Command[] {
  const { view, dispatch } = useSteadyView();
  const { state } = useDataset();
  const text = words.trim();
  if (text === '') return [];
  const search = (regex: boolean) => (): void => {
    const pattern: SearchPattern = { text, regex, ignoreCase: true, scopes: [...searchScopes] };
    if (view.reader !== null) dispatch({ type: 'read.close' });
    dispatch({ type: 'search', search: pattern });
  };
  const where = view.filter.length > 0 ? 'in what the filter keeps' : `in ${formatBytes(state.bytesTotal)}`;
  return [
    { id: 'text', title: `“${text}” in messages, reasoning and tools`, detail: where, icon: IconFileSearch, run: search(false) },
    { id: 'regex', title: `/${text}/ as a regular expression`, icon: IconRegex, run: search(true) },
  ];
}
