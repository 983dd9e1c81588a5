import { Checkbox } from '@mantine/core';
import { IconCheck, IconSquareCheck, IconSquareX } from '@tabler/icons-react';
import { limits } from '#shared/limits.ts';
import { formatCount, plural } from '../../ui/format.ts';
import type { MarkedRows } from './use-marked.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './Table.module.css';

/** Picks a row out of the list. The keys do it by `x`, so that it takes no focus. */
export function MarkBox({ line, marked, onMark }: { line: string; marked: boolean; onMark: (extend: boolean) => void }) {
  return (
    <span
      role="checkbox"
      aria-checked={marked}
      aria-label={`Row of line ${line}`}
      className={css.mark}
      onClick={(event) => {
        event.stopPropagation();
        onMark(event.shiftKey);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <span className={css.box} data-checked={marked || undefined}>
        {marked && <IconCheck size={11} stroke={2.5} aria-hidden />}
      </span>
    </span>
  );
}

/** Picks all rows of the list, or none. */
export function MarkAll({ marked, total }: { marked: MarkedRows; total: number }) {
  const count = marked.rows.size;
  const tooMany = total > limits.copiedRows;
  const title =
    count > 0
      ? `${plural(count, 'row')} selected. Click to select none`
      : tooMany
        ? `More than ${formatCount(limits.copiedRows)} rows: filter first, or save the view as a file`
        : 'Select all rows';
  useOffers(() =>
    count > 0
      ? [{ id: 'rows.none', title: 'Select no row', detail: plural(count, 'row'), icon: IconSquareX, run: marked.clear }]
      : tooMany || total === 0
        ? []
        : [{ id: 'rows.all', title: 'Select all rows', detail: plural(total, 'row'), icon: IconSquareCheck, run: () => marked.all(total) }],
  );
  return (
    <Checkbox
      tabIndex={-1}
      aria-label="Select all rows"
      title={title}
      checked={count > 0 && count >= total}
      indeterminate={count > 0 && count < total}
      disabled={count === 0 && (tooMany || total === 0)}
      onChange={() => (count > 0 ? marked.clear() : marked.all(total))}
    />
  );
}
