import { IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { AppError } from '#shared/errors.ts';
import type { ColumnInfo } from '#shared/model/column.ts';
import { checkedExpression } from '#shared/model/expression/index.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { conditionWords } from '../../state/words.ts';
import { formatExact } from '../../ui/format.ts';
import css from './FilterBar.module.css';

interface ChipProps {
  readonly condition: string;
  /** Dashed: it fades rows instead of taking them out. */
  readonly draft?: boolean;
  readonly onEdit?: () => void;
  readonly onRemove: () => void;
}

/** One condition. A click rewrites it; one that the dataset cannot answer says why. */
export function Chip({ condition, draft = false, onEdit, onRemove }: ChipProps) {
  const { columns } = useDataset();
  const words = conditionWords(condition, formatExact);
  const problem = useMemo(() => problemOf(condition, columns), [condition, columns]);
  const content =
    words === null ? (
      <code>{condition}</code>
    ) : (
      <>
        {words.subject} <span className={css.relation}>{words.relation}</span> <b>{words.value}</b>
      </>
    );

  return (
    <span
      className={css.chip}
      data-draft={draft || undefined}
      data-problem={problem !== null || undefined}
      data-testid={draft ? 'draft-chip' : 'chip'}
    >
      {onEdit === undefined ? (
        <span className={css.words} title={condition}>
          {content} <span className={css.tag}>draft</span>
        </span>
      ) : (
        <button type="button" className={css.words} title={problem ?? condition} onClick={onEdit}>
          {content}
        </button>
      )}
      <button
        type="button"
        className={css.remove}
        aria-label={draft ? `Discard the draft ${condition}` : `Remove ${condition}`}
        onClick={onRemove}
      >
        <IconX size={12} />
      </button>
    </span>
  );
}

function problemOf(condition: string, columns: readonly ColumnInfo[]): string | null {
  if (columns.length === 0) return null;
  try {
    checkedExpression(condition, columns);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
