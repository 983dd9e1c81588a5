import { IconAlertTriangle, IconLayersSubtract } from '@tabler/icons-react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useFocus } from '../../data/focus-context.tsx';
import { useRequest } from '../../data/use-request.ts';
import { draftRange } from '../../state/draft.ts';
import { signalCondition } from '../../state/group-conditions.ts';
import { splitCondition } from '../../state/split.ts';
import { useView } from '../../state/use-view.tsx';
import { formatExact, plural } from '../../ui/format.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './Consequences.module.css';

/** What a floor does to methods that learn from failing siblings, and what would serve them better. */
export function LossWarning() {
  const { view, dispatch } = useView();
  const { metric, base } = useFocus();
  const { dataset, version } = useDataset();
  const name = metric?.name ?? 'reward';
  const wholeGroups = signalCondition(null, name);
  const offers = metric !== null && view.draft !== wholeGroups;
  const question = offers ? { dataset, filter: [...base], draft: [wholeGroups], metric: name } : null;
  const whole = useRequest('selection.summary', question, { version, pace: 'settle' }).value?.after?.rollouts;
  const range = draftRange(view.draft, name);
  const at = range?.min ?? range?.max ?? null;

  const keepWhole = (): void => dispatch({ type: 'draft.set', condition: wholeGroups });
  useOffers(() =>
    offers ? [{ id: 'draft.whole', title: 'Keep whole groups with signal instead', icon: IconLayersSubtract, run: keepWhole }] : [],
  );

  return (
    <div className={css.warning} role="note">
      <IconAlertTriangle size={15} />
      <span>
        Fine for SFT. For GRPO or DPO this removes the failing siblings they learn from.
        {offers && (
          <>
            {' '}
            <button type="button" onClick={keepWhole}>
              Keep whole groups with signal
            </button>{' '}
            instead{whole === undefined ? '' : `: ${plural(whole, 'rollout')}`}
            {at === null ? (
              '.'
            ) : (
              <>
                , or{' '}
                <button type="button" onClick={() => dispatch({ type: 'draft.set', condition: splitCondition({ column: name, at }) })}>
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
