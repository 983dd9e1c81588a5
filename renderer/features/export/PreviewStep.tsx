import { useTokenTotals } from '../../data/use-export.ts';
import { chatGrants, optionValue } from '../../state/export-state.ts';
import { Checks } from './Checks.tsx';
import { ExampleLengths } from './ExampleLengths.tsx';
import { ExamplePane } from './ExamplePane.tsx';
import { Figures } from './Figures.tsx';
import { LeftOutList } from './LeftOutList.tsx';
import type { ExportModel } from './use-export-model.ts';
import css from './PreviewStep.module.css';

/** What will be written: how much, what is left out and why, and each example as it will stand in the file. */
export function PreviewStep({ model, onRead }: { model: ExportModel; onRead: (row: number) => void }) {
  const { target, state, recipe } = model;
  const plan = model.plan.value;
  const { current, stopped } = model.plan;
  // Once it is counted: what is asked before would be counted twice.
  const totals = useTokenTotals({ recipe: current === undefined ? null : recipe, files: chatGrants(state), held: stopped });
  const asked = target?.options.find(({ isLength }) => isLength === true);
  const limit = asked === undefined ? undefined : optionValue(state, asked);
  return (
    <div className={css.columns}>
      <section className={css.side} aria-label="Counts" tabIndex={0}>
        {plan !== undefined && (
          <>
            <Figures plan={plan} totals={totals} />
            <LeftOutList plan={plan} onRead={onRead} />
            {plan.lengths !== null && (
              <div className={css.part}>
                <ExampleLengths lengths={plan.lengths} limit={typeof limit === 'number' && limit > 0 ? limit : target?.cutsAt} />
              </div>
            )}
            {target !== undefined && (
              <div className={css.part}>
                <Checks plan={plan} target={target} counted={state.tokenizer !== null} />
              </div>
            )}
          </>
        )}
      </section>
      <ExamplePane model={model} onRead={onRead} />
    </div>
  );
}
