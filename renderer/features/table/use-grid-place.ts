import { useMemo, useState } from 'react';
import type { PlacedColumn } from './column-sizes.ts';

/** Where the keys are in the grid besides the row: on a column, or on none; on the heads, or on a row. */
export interface GridPlace {
  readonly column: PlacedColumn | undefined;
  readonly inHead: boolean;
  /** To the next column in that direction; from none to the first. Never past the last. */
  readonly step: (by: -1 | 1) => PlacedColumn | undefined;
  /** To a column, by name, or to none. */
  readonly toColumn: (name: string | null) => void;
  readonly toHead: (inHead: boolean) => void;
}

export function useGridPlace(placed: readonly PlacedColumn[]): GridPlace {
  const [name, setName] = useState<string | null>(null);
  const [inHead, setInHead] = useState(false);
  return useMemo((): GridPlace => {
    const column = placed.find((each) => each.column.name === name);
    return {
      column,
      inHead,
      step(by) {
        const next = column === undefined ? placed[0] : (placed[column.at + by] ?? column);
        setName(next?.column.name ?? null);
        return next;
      },
      toColumn: setName,
      toHead(wanted) {
        setInHead(wanted);
        if (wanted && column === undefined) setName(placed[0]?.column.name ?? null);
      },
    };
  }, [placed, name, inHead]);
}
