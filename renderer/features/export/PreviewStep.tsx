import { optionValue } from '../../state/export-state.ts';
import { formatBytes, formatCompact, formatCount } from '../../ui/format.ts';
import { Checks } from './Checks.tsx';
import { ExampleLengths } from './ExampleLengths.tsx';
import { ExamplePane } from './ExamplePane.tsx';
import { LeftOutList } from './LeftOutList.tsx';
import type { ExportModel } from './use-export-model.ts';
import css from './PreviewStep.module.css';

/** What will be written: how much, what is left out and why, and each example as it will stand in the file. */
export function PreviewStep({ model, onRead }: { model: ExportModel; onRead: (row: number) => void }) {
  const { target, state } = model;
  const plan = model.plan.value;
  const asked = target?.options.find(({ isLength }) => isLength === true);
  const limit = asked === undefined ? undefined : optionValue(state, asked);
  return (
    <div className={css.columns}>
      <section className={css.side} aria-label="Counts" tabIndex={0}>
        {plan !== undefined && (
          <>
            <dl className={css.figures}>
              <Figure name="examples" value={formatCount(plan.rowsWritten)} large />
              {plan.splits.length > 1 && plan.splits.map(({ name, rows }) => <Figure key={name} name={name} value={formatCount(rows)} />)}
              {plan.lengths !== null && <Figure name="tokens" value={`≈ ${formatCompact(Math.round(plan.lengths.total))}`} />}
              <Figure name="size" value={formatBytes(plan.bytes)} />
            </dl>
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

function Figure({ name, value, large = false }: { name: string; value: string; large?: boolean }) {
  return (
    <div className={large ? css.large : undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
