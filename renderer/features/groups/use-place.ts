import { useCallback, useState } from 'react';
import { useGroupPlace, type GroupsQuestion } from '../../data/use-groups.ts';

interface Known {
  readonly row: number;
  readonly index: number;
  /** The question in whose order the index counts. */
  readonly key: string;
}

/**
 * Where the task of a row stands among the groups: as it was told when someone chose it on screen, else as the engine finds it;
 * null where the filter leaves it out, undefined while that is not known.
 */
export function usePlace(
  question: GroupsQuestion | null,
  row: number | null,
): { index: number | null | undefined; tell: (row: number, index: number) => void } {
  const [known, setKnown] = useState<Known | null>(null);
  const key = JSON.stringify(question);
  const told = known !== null && known.row === row && known.key === key ? known.index : undefined;
  const found = useGroupPlace(question, told === undefined ? row : null);
  const tell = useCallback((of: number, index: number) => setKnown({ row: of, index, key }), [key]);
  return { index: row === null ? null : (told ?? found), tell };
}
