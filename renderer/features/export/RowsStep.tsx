import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useKeptCount } from '../../data/use-export.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { CarriedParts } from './CarriedParts.tsx';
import { StepPage } from './StepPage.tsx';
import type { ExportModel } from './use-export-model.ts';
import css from './RowsStep.module.css';

const onlyStarred = ['star'];

/** Which rollouts: those of the current filter, the starred ones, or all of the file. */
export function RowsStep({ model }: { model: ExportModel }) {
  const { state, dispatch, filter, plan } = model;
  const { state: dataset } = useDataset();
  const [kept, starred] = [useKeptCount(filter), useKeptCount(onlyStarred)];
  const removed = new Map(plan.value?.filteredOut.map(({ condition, count }) => [condition, count]));
  const conditions = state.rows === 'filter' && plan.current !== undefined ? removed : new Map<string, number>();
  return (
    <StepPage title="Choose the rows" about="The filter bar stays live: what changes there is counted here.">
      <div className={css.choices} role="radiogroup" aria-label="Rows">
        <Choice
          title="Current filter"
          about={
            filter.length === 0
              ? 'No condition is set: every rollout of the file.'
              : `Rollouts that meet ${filter.length === 1 ? 'this condition' : `all ${filter.length} conditions`}.`
          }
          count={kept}
          checked={state.rows === 'filter'}
          onChoose={() => dispatch({ type: 'rows', rows: 'filter' })}
        >
          {filter.length > 0 && (
            <ol className={css.conditions}>
              {filter.map((condition) => (
                <li key={condition}>
                  <code>{condition}</code>
                  {conditions.has(condition) && <span>takes out {formatCount(conditions.get(condition) ?? 0)}</span>}
                </li>
              ))}
            </ol>
          )}
          {conditions.size > 1 && (
            <span className={css.about}>
              Counted in this order, each rollout at the first condition that it does not meet; +N in the filter bar is what one condition
              alone takes out.
            </span>
          )}
        </Choice>
        <Choice
          title="Starred rollouts"
          about="Those with a star, whatever the filter says."
          count={starred}
          checked={state.rows === 'starred'}
          onChoose={() => dispatch({ type: 'rows', rows: 'starred' })}
        />
        <Choice
          title="All rollouts"
          about="Every rollout of the file, whatever the filter says."
          count={dataset.rows}
          checked={state.rows === 'all'}
          onChoose={() => dispatch({ type: 'rows', rows: 'all' })}
        />
      </div>
      <CarriedParts model={model} />
      <ExportOnly counts={plan.current && removed} />
      {dataset.invalidLines > 0 && (
        <p className={css.note}>
          {plural(dataset.invalidLines, 'invalid line')} of the file can be in no export. The Problems lens shows why.
        </p>
      )}
      {dataset.phase === 'reading' && <p className={css.note}>The file is still being read; every count is of the rows read so far.</p>}
    </StepPage>
  );
}

/** Conditions that the rail has put here: they change no other view. */
function ExportOnly({ counts }: { counts: ReadonlyMap<string, number> | undefined }) {
  const { view, dispatch } = useSteadyView();
  if (view.exportOnly.length === 0) return null;
  const without = (condition: string): string[] => view.exportOnly.filter((other) => other !== condition);
  return (
    <section className={css.only} aria-label="For the export only">
      <h3>For the export only</h3>
      <ol className={css.conditions}>
        {view.exportOnly.map((condition) => (
          <li key={condition}>
            <code>{condition}</code>
            {counts?.has(condition) && <span>takes out {formatCount(counts.get(condition) ?? 0)}</span>}
            <ActionIcon
              aria-label={`Remove ${condition} from the export`}
              onClick={() => dispatch({ type: 'exportOnly', conditions: without(condition) })}
            >
              <IconX size={12} />
            </ActionIcon>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface ChoiceProps {
  readonly title: string;
  readonly about: string;
  /** Of its rollouts; undefined until it is known. */
  readonly count: number | undefined;
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly children?: React.ReactNode;
}

function Choice({ title, about, count, checked, onChoose, children }: ChoiceProps) {
  return (
    <label className={css.choice} data-checked={checked || undefined}>
      <input type="radio" className={css.radio} name="export-rows" checked={checked} onChange={onChoose} />
      <span>
        <span className={css.title}>
          <b>{title}</b>
          <span>{count !== undefined && plural(count, 'rollout')}</span>
        </span>
        <span className={css.about}>{about}</span>
        {children}
      </span>
    </label>
  );
}
