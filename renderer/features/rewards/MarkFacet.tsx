import { quoteString } from '#shared/model/expression/index.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useRequest } from '../../data/use-request.ts';
import { useTagNames } from '../../data/use-tag-names.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { FacetValue } from './FacetValue.tsx';
import rail from './Rail.module.css';

interface MarkCount {
  readonly condition: string;
  readonly label: string;
  readonly count: number;
}

/** Review marks with their counts under the rest of the filter; ticking one filters. Not there before the first mark. */
export function MarkFacet() {
  const { view, dispatch } = useSteadyView();
  const { dataset, columns, version } = useDataset();
  const isThere = columns.some(({ name }) => name === 'star');
  const others = view.filter.filter((condition) => !/^(star$|tag ")/.test(condition));
  const question = isThere ? { dataset, filter: others, column: 'star', limit: 2 } : null;
  const stars = useRequest('column.facet', question, { version, pace: 'settle' }).value;
  const tags = useTagNames(others);
  if (!isThere || stars === undefined) return null;

  const starred = stars.values.find(({ value }) => value === true)?.count ?? 0;
  const found: MarkCount[] = [
    { condition: 'star', label: 'starred', count: starred },
    ...tags.map(({ tag, count }) => ({ condition: `tag ${quoteString(tag)}`, label: tag, count })),
  ];
  const longest = Math.max(...found.map(({ count }) => count), 1);
  const toggle = (condition: string): void => {
    const index = view.filter.indexOf(condition);
    dispatch(index < 0 ? { type: 'filter.add', condition } : { type: 'filter.remove', index });
  };

  return (
    <section className={rail.section} aria-label="review">
      <h2 className={rail.title}>review</h2>
      {found.map(({ condition, label, count }) => (
        <FacetValue
          key={condition}
          {...{ label, count, longest }}
          checked={view.filter.includes(condition)}
          onToggle={() => toggle(condition)}
        />
      ))}
    </section>
  );
}
