import { IconAlertTriangle } from '@tabler/icons-react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useFocus } from '../../data/focus-context.tsx';
import { useRequest } from '../../data/use-request.ts';
import { draftRange } from '../../state/draft.ts';
import { splitCondition } from '../../state/split.ts';
import { useView } from '../../state/use-view.tsx';
import { formatExact, plural } from '../../ui/format.ts';
import css from './Consequences.module.css';

const wholeGroups = 'group.signal';

/** What a floor does to methods that learn from failing siblings, and what would serve them better. */
export function LossWarning() {
  const { view, dispatch } = useView();
  const { metric, base } = useFocus();
  const { dataset, version } = useDataset();
  // Figures of a task are those of its rewards.
  const offers = metric?.name === 'reward' && view.draft !== wholeGroups;
  const question = offers ? { dataset, filter: [...base], draft: [wholeGroups], metric: 'reward' } : null;
  const whole = useRequest('selection.summary', question, { version, pace: 'settle' }).value?.after?.rollouts;
  const range = draftRange(view.draft, 'reward');
  const at = range?.min ?? range?.max ?? null;

  return (
    <div className={css.warning} role="note">
      <IconAlertTriangle size={15} />
      <span>
        Fine for SFT. For GRPO or DPO this removes the failing siblings they learn from.
        {offers && (
          <>
            {' '}
            <button type="button" onClick={() => dispatch({ type: 'draft.set', condition: wholeGroups })}>
              Keep whole groups with signal
            </button>{' '}
            instead{whole === undefined ? '' : `: ${plural(whole, 'rollout')}`}
            {at === null ? (
              '.'
            ) : (
              <>
                , or{' '}
                <button type="button" onClick={() => dispatch({ type: 'draft.set', condition: splitCondition(at) })}>
                  split chosen / rejected
                </button>{' '}
                at {formatExact(at)}.
              </>
            )}
          </>
        )}
      </span>
    </div>
  );
}
