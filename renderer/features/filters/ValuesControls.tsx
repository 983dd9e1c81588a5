import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useRequest } from '../../data/use-request.ts';
import { sameChoice, type Choice } from '../../state/choices.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatCount } from '../../ui/format.ts';
import css from './ChipEditor.module.css';

interface ValuesControlsProps {
  readonly column: string;
  readonly chosen: readonly Choice[];
  /** The condition as it stands in the filter: counts are of what the others leave. */
  readonly condition: string;
  readonly onChange: (chosen: readonly Choice[]) => void;
}

interface Line {
  readonly choice: Choice;
  readonly count: number;
}

const mostValues = 200;
const worthSearching = 12;

/** The values of a column to tick, most frequent first; one that is not listed can be typed. */
export function ValuesControls({ column, chosen, condition, onChange }: ValuesControlsProps) {
  const { view } = useSteadyView();
  const { dataset, version } = useDataset();
  const [search, setSearch] = useState('');
  const filter = view.filter.filter((held) => held !== condition);
  const facet = useRequest('column.facet', { dataset, filter, column, limit: mostValues }, { version, pace: 'settle' }).value;

  const lines = linesOf(facet, chosen);
  const wanted = search.trim().toLowerCase();
  const found = lines.filter(({ choice }) => labelOf(choice).toLowerCase().includes(wanted));
  const isOn = (choice: Choice): boolean => chosen.some((held) => sameChoice(held, choice));
  const toggle = (choice: Choice): void =>
    onChange(isOn(choice) ? chosen.filter((held) => !sameChoice(held, choice)) : [...chosen, choice]);
  const typed: Choice = { value: search.trim() };
  const isListed = lines.some(({ choice }) => sameChoice(choice, typed));

  return (
    <div>
      <p className={css.subject}>{column} is</p>
      {lines.length > worthSearching && (
        <TextInput
          aria-label={`Find a value of ${column}`}
          placeholder={`Find among ${formatCount(facet?.distinct ?? lines.length)} values`}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ul className={css.values} aria-label={`Values of ${column}`}>
        {found.map(({ choice, count }) => (
          <li key={`${typeof choice}${labelOf(choice)}`}>
            <label data-none={typeof choice === 'string' || undefined}>
              <Checkbox checked={isOn(choice)} onChange={() => toggle(choice)} />
              <span title={labelOf(choice)}>{labelOf(choice)}</span>
              <span className={css.count}>{formatCount(count)}</span>
            </label>
          </li>
        ))}
      </ul>
      {wanted !== '' && !isListed && (
        <button type="button" className={css.link} onClick={() => toggle(typed)}>
          Add “{typed.value}”
        </button>
      )}
    </div>
  );
}

interface FacetCounts {
  readonly values: readonly { readonly value: unknown; readonly count: number }[];
  readonly nulls: number;
  readonly missing: number;
}

/** What is chosen stays listed when the other conditions leave nothing of it. */
function linesOf(facet: FacetCounts | undefined, chosen: readonly Choice[]): Line[] {
  const found = (facet?.values ?? []).flatMap(({ value, count }): Line[] =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [{ choice: { value }, count }] : [],
  );
  const none: Line[] = [
    { choice: 'null', count: facet?.nulls ?? 0 },
    { choice: 'missing', count: facet?.missing ?? 0 },
  ];
  const counted = [...found, ...none.filter(({ count }) => count > 0)];
  const gone = chosen.filter((choice) => !counted.some((line) => sameChoice(line.choice, choice)));
  return [...counted, ...gone.map((choice) => ({ choice, count: 0 }))];
}

function labelOf(choice: Choice): string {
  if (typeof choice === 'string') return choice;
  return choice.value === '' ? '""' : String(choice.value);
}
