import { Button, NativeSelect } from '@mantine/core';
import { IconLayersSubtract } from '@tabler/icons-react';
import type { ColumnInfo } from '#shared/model/column.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useGroupsContext } from '../../data/groups-context.tsx';
import { useRequest } from '../../data/use-request.ts';
import { groupingIn, withGrouping } from '../../state/grouping.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatCount } from '../../ui/format.ts';
import { groupingCandidates, usualGrouping } from './grouping-candidates.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './GroupsLens.module.css';

/** Where rollouts have no task index: what makes them one task instead, and what else could. */
export function Grouping() {
  const { view, dispatch } = useSteadyView();
  const { columns } = useDataset();
  const { summary } = useGroupsContext();
  const group = (column: string | null): void => dispatch({ type: 'filter.set', filter: withGrouping(view.filter, column) });
  const chosen = groupingIn(view.filter);
  const isOffered = chosen !== null || (summary !== undefined && summary.indexed === 0 && summary.unindexed > 0);
  useOffers(() =>
    isOffered
      ? [
          ...['prompt', ...groupingCandidates(columns)].map((name) => ({
            id: `groups.by.${name}`,
            title: name === 'prompt' ? 'Group by equal prompt' : `Group by ${name}`,
            icon: IconLayersSubtract,
            run: () => group(name),
          })),
          ...(chosen === null ? [] : [{ id: 'groups.by', title: 'Group as before', icon: IconLayersSubtract, run: () => group(null) }]),
        ]
      : [],
  );
  if (!isOffered) return null;

  const usual = usualGrouping(columns);
  const used = chosen ?? usual;
  const candidates = groupingCandidates(columns).filter((name) => name !== used);
  const others = columns.filter(({ derived, present }) => !derived && present > 0).map(({ name }) => name);
  return (
    <div className={css.grouping} role="status">
      <IconLayersSubtract size={16} aria-hidden />
      <p>
        {chosen === null ? 'Rollouts have no task index. They are grouped by ' : 'Grouped by '}
        <b>{used === 'prompt' ? 'equal prompt' : used}</b>.{candidates.length > 0 || used !== 'prompt' ? ' Group by:' : ''}
      </p>
      {candidates.slice(0, 2).map((name) => (
        <Candidate key={name} column={name} onGroup={() => group(name)} />
      ))}
      {used !== 'prompt' && (
        <Button variant="default" onClick={() => group('prompt')}>
          equal prompt
        </Button>
      )}
      {others.length > 0 && (
        <NativeSelect
          aria-label="Group by another field"
          data={[{ value: '', label: 'another field…' }, ...others]}
          value=""
          onChange={(event) => event.currentTarget.value !== '' && group(event.currentTarget.value)}
        />
      )}
      {chosen !== null && (
        <Button variant="subtle" onClick={() => group(null)}>
          as before
        </Button>
      )}
    </div>
  );
}

/** With the number of tasks that it would make. */
function Candidate({ column, onGroup }: { column: ColumnInfo['name']; onGroup: () => void }) {
  const { dataset, version } = useDataset();
  const values = useRequest('column.facet', { dataset, filter: [], column, limit: 1 }, { version, pace: 'settle' }).value?.distinct;
  return (
    <Button variant="default" onClick={onGroup}>
      {column}
      {values !== undefined && ` (${formatCount(values)} values)`}
    </Button>
  );
}
