import type { Stack } from '#shared/model/histogram.ts';
import { formatCount } from '../../ui/format.ts';
import css from './RewardHistogram.module.css';

/** Which colour is which value, with the rollouts of each. */
export function StackLegend({ stack: { by, parts, rest } }: { stack: Stack }) {
  const named = parts.map(({ value, counts }, index) => ({ key: `${index + 1}`, label: labelOf(value), count: sum(counts) }));
  const others = sum(rest);
  const all = others > 0 ? [...named, { key: 'rest', label: 'other or none', count: others }] : named;
  return (
    <ul className={css.legend} aria-label={`Rollouts by ${by}`}>
      {all.map(({ key, label, count }) => (
        <li key={key} title={`${label}: ${formatCount(count)}`}>
          <i data-part={key} />
          <span>{label}</span>
        </li>
      ))}
    </ul>
  );
}

function labelOf(value: Stack['parts'][number]['value']): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
