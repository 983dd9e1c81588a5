import { useState } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useRequest } from '../../data/use-request.ts';
import { choicesOf, sameChoice, toggleChoice, type Choice } from '../../state/choices.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { plural } from '../../ui/format.ts';
import { FacetValue } from './FacetValue.tsx';
import css from './Facet.module.css';
import rail from './Rail.module.css';

const few = 8;
const many = 60;

interface Value {
  readonly choice: Choice;
  readonly label: string;
  readonly count: number;
}

/** The values of a column with their counts under the rest of the filter; ticking one filters. */
export function Facet({ column }: { column: string }) {
  const { view, dispatch } = useSteadyView();
  const { dataset, version } = useDataset();
  const [open, setOpen] = useState(false);
  const [shownBefore, setShownBefore] = useState(false);
  const facet = useRequest('column.facet', { dataset, filter: view.filter, column, limit: many }, { version, pace: 'settle' }).value;

  const { chosen } = choicesOf(view.filter, column);
  const isOn = (choice: Choice): boolean => chosen.some((held) => sameChoice(held, choice));
  const found: Value[] = (facet?.values ?? []).flatMap(({ value, count }) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [{ choice: { value }, label: value === '' ? '""' : String(value), count }]
      : [],
  );
  const none: Value[] = (
    [
      ['null', facet?.nulls ?? 0],
      ['missing', facet?.missing ?? 0],
    ] as const
  ).flatMap(([choice, count]) => (count > 0 || isOn(choice) ? [{ choice, label: choice, count }] : []));
  // A ticked value that the other conditions leave nothing of can still be unticked.
  const gone: Value[] = chosen.flatMap((choice) =>
    typeof choice === 'object' && !found.some((value) => sameChoice(value.choice, choice))
      ? [{ choice, label: String(choice.value), count: 0 }]
      : [],
  );
  const all = [...found, ...gone, ...none];
  // One value for every row says nothing; but a facet does not go away because another condition left it one.
  const divides = all.length > 1 || chosen.length > 0;
  if (divides && !shownBefore) setShownBefore(true);
  if (facet === undefined || facet.distinct > many || !(divides || shownBefore)) return null;
  const longest = Math.max(...all.map(({ count }) => count), 1);
  const shown = open ? all : all.filter(({ choice }, index) => index < few || isOn(choice));

  return (
    <section className={rail.section} aria-label={column}>
      <h2 className={rail.title}>
        <span className={css.name} title={column}>
          {column}
        </span>
        {found.length > few && <span className={rail.legend}>{plural(facet.distinct, 'value')}</span>}
      </h2>
      {shown.map(({ choice, label, count }) => (
        <FacetValue
          key={`${typeof choice}${label}`}
          {...{ label, count, longest }}
          checked={isOn(choice)}
          none={typeof choice === 'string'}
          onToggle={() => dispatch({ type: 'filter.set', filter: toggleChoice(view.filter, column, choice) })}
        />
      ))}
      {all.length > few && (
        <button type="button" className={rail.link} onClick={() => setOpen(!open)}>
          {open ? 'Fewer' : `${all.length - few} more`}
        </button>
      )}
    </section>
  );
}
