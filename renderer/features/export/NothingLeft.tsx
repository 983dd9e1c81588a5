import { Button } from '@mantine/core';
import type { ExportStep } from '../../state/export-choices.ts';
import { formatCount } from '../../ui/format.ts';
import type { ExportModel } from './use-export-model.ts';
import { waysOut } from './words.ts';
import css from './NothingLeft.module.css';

const titles: Partial<Record<ExportStep, string>> = {
  rows: 'Change the rows',
  target: 'Choose another target',
  mapping: 'Change the mapping',
  sampling: 'Change the sampling',
};

/** No example is left: which step takes rollouts out, for what, and the way there. */
export function NothingLeft({ model: { plan, target, dispatch } }: { model: ExportModel }) {
  const ways = plan.value === undefined || target === undefined ? [] : waysOut(plan.value, target);
  return (
    <div className={css.nothing}>
      <h2>No example is left to write.</h2>
      {plan.value?.rowsRead === 0 && <p>The file has no rollout.</p>}
      <ul>
        {ways.map(({ step, count, reason }, index) => (
          <li key={step}>
            <Button size="xs" variant={index === 0 ? 'filled' : 'default'} onClick={() => dispatch({ type: 'step', step })}>
              {titles[step]}
            </Button>
            <span>
              <b>{formatCount(count)}</b> taken out there, most of all: {reason}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
