import { Button } from '@mantine/core';
import { IconCalculator, IconChevronRight, IconPlayerStop } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { ExportProgress } from '#shared/model/export.ts';
import { optionFault } from '../../state/option-fault.ts';
import { formatCount } from '../../ui/format.ts';
import { useOffers } from '../../ui/offers.tsx';
import type { ExportModel } from './use-export-model.ts';
import { funnel, unitOf } from './words.ts';
import css from './Funnel.module.css';

/** How many rollouts each step leaves, on every step; while it is counted anew, how far that is. */
export function Funnel({ model: { plan, state, target, variant, dispatch } }: { model: ExportModel }) {
  if (plan.error !== null) {
    const option = target?.options.find((each) => optionFault(state, plan.error, each) !== null);
    const fault = option && optionFault(state, plan.error, option);
    return (
      <p className={css.error} role="alert">
        {fault ? `${[option?.title, fault.field].filter((name) => name !== undefined).join(', ')}: ${fault.words}` : plan.error.message}{' '}
        {option !== undefined && option.step !== state.step && (
          <Button size="xs" variant="default" onClick={() => dispatch({ type: 'step', step: option.step })}>
            Go to {option.step}
          </Button>
        )}
      </p>
    );
  }
  if (plan.value === undefined || target === undefined) {
    return (
      <p className={css.alone}>
        <Counting plan={plan} />
      </p>
    );
  }
  const stages = funnel(plan.value, unitOf(variant?.column), state.rows);
  return (
    <div
      className={css.funnel}
      aria-label="What is left after each step"
      role="group"
      aria-busy={plan.loading}
      data-stopped={plan.stopped || undefined}
    >
      {stages.map((stage, index) => (
        <Fragment key={stage.name}>
          {index > 0 && <IconChevronRight size={14} className={css.arrow} aria-hidden />}
          <span className={css.stage} data-last={index === stages.length - 1 || undefined}>
            <span className={css.words}>
              <b>{formatCount(stage.count)}</b> {stage.name}
            </span>
            <span className={css.track} aria-hidden>
              <span style={{ width: `${100 * stage.share}%` }} />
            </span>
          </span>
        </Fragment>
      ))}
      <Counting plan={plan} />
    </div>
  );
}

/** How far counting is; that it was stopped, so that numbers are those of the choices before. */
function Counting({ plan: { progress, loading, stopped, stop, goOn } }: { plan: ExportModel['plan'] }) {
  useOffers(() =>
    loading
      ? [{ id: 'export.plan.stop', title: 'Stop counting the export', icon: IconPlayerStop, run: stop }]
      : stopped
        ? [{ id: 'export.plan', title: 'Count the export', icon: IconCalculator, run: goOn }]
        : [],
  );
  if (!loading && !stopped) return null;
  return (
    <span className={css.counting} role="status">
      {stopped ? 'Not counted' : countingWords(progress)}
      <button type="button" className={css.link} onClick={stopped ? goOn : stop}>
        {stopped ? 'Count' : 'Cancel'}
      </button>
    </span>
  );
}

/** How far the rollouts of an export have been gone through. */
export function countingWords(progress: ExportProgress | null): string {
  if (progress === null) return 'Counting';
  return `${progress.phase === 'read' ? 'Reading lines' : 'Counting'}, ${formatCount(progress.done)} of ${formatCount(progress.total)}`;
}
