import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import type { AppError } from '#shared/errors.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useFocus } from '../../data/focus-context.tsx';
import { brokenConditions } from '../../state/check-condition.ts';
import { conditionWords } from '../../state/words.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatCount, formatExact } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';

/** Why there are no groups, and the ways out. */
export function NoGroups({ error }: { error: AppError | null }) {
  const { view, dispatch } = useSteadyView();
  const { state, columns } = useDataset();
  const { back } = useFocus();
  const { filter } = view;
  if (error === null && filter.length === 0) {
    return (
      <Notice
        title="This file has no rollouts"
        detail={state.invalidLines > 0 ? 'The Problems lens says why, line by line.' : 'The file is empty.'}
      >
        {state.invalidLines > 0 && (
          <Button variant="default" onClick={() => dispatch({ type: 'lens', lens: 'problems' })}>
            Show problems
          </Button>
        )}
      </Notice>
    );
  }
  const broken = error === null ? [] : brokenConditions(filter, columns, state);
  const title = error === null ? 'No task has a rollout that meets the filter' : 'The groups cannot be shown';
  return (
    <Notice title={title} icon={error === null ? <IconFilterOff size={20} /> : undefined} detail={error?.message}>
      {filter.map((condition, index) => {
        if (broken.length > 0 && !broken.includes(index)) return null;
        const words = conditionWords(condition, formatExact);
        const without = back?.[index];
        return (
          <Button key={condition} variant="default" onClick={() => dispatch({ type: 'filter.remove', index })}>
            Without&nbsp;<em>{words === null ? condition : `${words.subject} ${words.relation} ${words.value}`}</em>
            {without !== undefined && `: ${formatCount(without)}`}
          </Button>
        );
      })}
    </Notice>
  );
}
