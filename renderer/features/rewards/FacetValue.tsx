import { Checkbox } from '@mantine/core';
import { formatCount } from '../../ui/format.ts';
import css from './Facet.module.css';

interface FacetValueProps {
  readonly label: string;
  readonly count: number;
  /** The greatest count of the facet. */
  readonly longest: number;
  readonly checked: boolean;
  /** Rows without a value. */
  readonly none?: boolean;
  readonly onToggle: () => void;
}

/** One value of a facet: ticked or not, with its count as a bar and a number. */
export function FacetValue({ label, count, longest, checked, none = false, onToggle }: FacetValueProps) {
  return (
    <label className={css.value} data-none={none || undefined}>
      <Checkbox checked={checked} onChange={onToggle} />
      <span className={css.name} title={label}>
        {label}
      </span>
      <span className={css.amount} aria-hidden>
        <span style={{ width: `${(100 * count) / longest}%` }} />
      </span>
      <span className={css.number}>{formatCount(count)}</span>
    </label>
  );
}
