import { useState } from 'react';
import { IconAlertTriangle, IconBan, IconInfoCircle } from '@tabler/icons-react';
import { useMostExamples } from '../../data/use-export.ts';
import { CopyIcon } from '../../ui/CopyIcon.tsx';
import { plural } from '../../ui/format.ts';
import { CheckList, warningLines } from './CheckList.tsx';
import { optionsToSet, type GridRow, type Variant } from './grid-cells.ts';
import { ReasonRow } from './ReasonRow.tsx';
import { StepPage } from './StepPage.tsx';
import { TargetFiles } from './TargetFiles.tsx';
import { TargetGrid } from './TargetGrid.tsx';
import type { ExportModel } from './use-export-model.ts';
import { leftOut, targetName } from './words.ts';
import css from './TargetStep.module.css';

/** Which trainer and which method, what that asks of a rollout, and what one gets. */
export function TargetStep({ model, onRead }: { model: ExportModel; onRead: (row: number) => void }) {
  const { state, grid: rows, variant, target, plan, dispatch } = model;
  const [shows, setShows] = useState(false);
  const mostOf = useMostOf(model, rows);
  if (target === undefined) return null;
  const unfit = plan.value === undefined ? [] : leftOut(plan.value).filter(({ by }) => by === 'target');
  const unfitCount = unfit.reduce((sum, { count }) => sum + count, 0);
  const warnings = plan.value?.warnings ?? [];
  const most = Math.max(1, ...unfit.map(({ count }) => count));
  return (
    <StepPage title="Pick a framework and a method" about="Each cell counts the examples that these rows give at most." aside={<Legend />}>
      <TargetGrid
        rows={rows}
        mostOf={mostOf}
        chosen={variant}
        plan={plan.current}
        onChoose={(next) => {
          const { column, target: chosen } = next;
          dispatch({ type: 'target', target: chosen.target, column, options: optionsToSet(next, state.options) });
        }}
      />
      <div className={css.columns}>
        <section>
          <h3 className={css.head}>What {targetName(target)} needs</h3>
          {target.needs.length === 0 ? (
            <p className={css.text}>Nothing: every rollout fits.</p>
          ) : (
            <ul className={css.needs}>
              {target.needs.map((need) => (
                <li key={need}>{need}</li>
              ))}
            </ul>
          )}
          {plan.value !== undefined && (
            <h3 className={css.head}>
              {unfitCount === 0 ? 'Every selected rollout fits' : `Will not fit: ${plural(unfitCount, 'rollout')}`}
              {unfitCount > 0 && (
                <button type="button" className={css.link} aria-expanded={shows} onClick={() => setShows(!shows)}>
                  {shows ? 'Hide them' : 'Show them'}
                </button>
              )}
            </h3>
          )}
          {unfit.map((reason) => (
            <ReasonRow key={reason.id} reason={reason} most={most} open={shows} onRead={onRead} />
          ))}
          {warnings.length > 0 && (
            <>
              <h3 className={css.head}>Worth knowing</h3>
              <CheckList lines={warningLines(warnings)} />
            </>
          )}
        </section>
        <section>
          <h3 className={css.head}>What you get {target.command !== '' && <CopyIcon label="Copy the command" text={target.command} />}</h3>
          <TargetFiles target={target} />
          {target.notes.map((note) => (
            <p key={note} className={css.note}>
              <IconInfoCircle size={16} aria-hidden />
              {note}
            </p>
          ))}
        </section>
      </div>
    </StepPage>
  );
}

/** How many examples a cell gives at most, with the choices that are made; undefined until it is known, null where it cannot be. */
function useMostOf({ state, recipeWith, plan }: ExportModel, rows: readonly GridRow[]): (variant: Variant) => number | null | undefined {
  const variants = rows.flatMap(({ cells }) => cells.flat());
  const recipes = variants.map((variant) => recipeWith(variant.target, { ...state.options, ...optionsToSet(variant, state.options) }));
  const most = useMostExamples(recipes, plan.stopped);
  return (variant) => most?.[variants.indexOf(variant)];
}

/** What the signs in the cells mean. */
function Legend() {
  return (
    <p className={css.legend}>
      <span>
        <IconAlertTriangle size={14} className={css.warn} aria-hidden />
        over the trainer’s default length; the configuration raises it
      </span>
      <span>
        <IconBan size={14} aria-hidden />
        no such trainer
      </span>
    </p>
  );
}
