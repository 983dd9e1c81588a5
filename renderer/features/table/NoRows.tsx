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

/** Why there are no rows, and one way out for each condition. */
export function NoRows({ error }: { error: AppError | null }) {
  const { view, dispatch } = useSteadyView();
  const { state, columns } = useDataset();
  const { filter } = view;
  const icon = <IconFilterOff size={20} />;

  if (error !== null) {
    return (
      <Notice title="The rollouts cannot be shown" detail={error.message}>
        {brokenConditions(filter, columns, state).map((index) => (
          <Without key={index} condition={filter[index] ?? ''} index={index} />
        ))}
        {filter.length > 0 && (
          <Button variant="subtle" onClick={() => dispatch({ type: 'filter.set', filter: [] })}>
            Without any condition
          </Button>
        )}
      </Notice>
    );
  }
  if (filter.length === 0) {
    const detail =
      state.invalidLines > 0
        ? `None of its ${formatCount(state.invalidLines)} lines is one valid JSON object. The Problems lens says why, line by line.`
        : 'The file is empty.';
    return (
      <Notice title="This file has no rollouts" detail={detail}>
        {state.invalidLines > 0 && (
          <Button variant="default" onClick={() => dispatch({ type: 'lens', lens: 'problems' })}>
            Show problems
          </Button>
        )}
      </Notice>
    );
  }
  const title =
    filter.length === 1
      ? 'No rollout matches the condition'
      : `No rollout matches ${filter.length === 2 ? 'both' : `all ${filter.length}`} conditions`;
  return (
    <Notice title={title} icon={icon}>
      {filter.map((condition, index) => (
        <Without key={condition} condition={condition} index={index} />
      ))}
      {filter.length > 1 && (
        <Button variant="subtle" onClick={() => dispatch({ type: 'filter.set', filter: [] })}>
          Without any
        </Button>
      )}
    </Notice>
  );
}

function Without({ condition, index }: { condition: string; index: number }) {
  const { dispatch } = useSteadyView();
  const left = useFocus().back?.[index];
  const words = conditionWords(condition, formatExact);
  return (
    <Button variant="default" onClick={() => dispatch({ type: 'filter.remove', index })}>
      Without&nbsp;<em>{words === null ? condition : `${words.subject} ${words.relation} ${words.value}`}</em>
      {left !== undefined && `: ${formatCount(left)}`}
    </Button>
  );
}
