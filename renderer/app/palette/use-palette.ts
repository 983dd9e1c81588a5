import { useCallback, useMemo, useState } from 'react';

export interface PaletteControl {
  readonly opened: boolean;
  readonly query: string;
  readonly setQuery: (query: string) => void;
  /** What stands in the empty line. */
  readonly placeholder: string;
  /** With a beginning of a query, or the last one. */
  readonly open: (query?: string, placeholder?: string) => void;
  readonly close: () => void;
}

const usual = 'Search text, line, task, command';

/** Whether the palette is open; it remembers what was typed last. */
export function usePalette(): PaletteControl {
  const [opened, setOpened] = useState(false);
  const [query, setQuery] = useState('');
  const [placeholder, setPlaceholder] = useState(usual);
  const open = useCallback((start?: string, wanted = usual) => {
    if (start !== undefined) setQuery(start);
    setPlaceholder(wanted);
    setOpened(true);
  }, []);
  const close = useCallback(() => setOpened(false), []);
  return useMemo(() => ({ opened, query, setQuery, placeholder, open, close }), [opened, query, placeholder, open, close]);
}
