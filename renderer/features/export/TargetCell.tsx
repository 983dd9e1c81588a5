import { IconCircleCheckFilled } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { ExportPlan } from '#shared/model/export.ts';
import { formatCount } from '../../ui/format.ts';
import { lengthWords } from './length-words.ts';
import { LengthPill } from './LengthPill.tsx';
import type { Variant } from './grid-cells.ts';
import { isKey } from '../../ui/key-press.ts';
import css from './TargetGrid.module.css';

interface TargetCellProps {
  /** At least one. */
  readonly variants: readonly Variant[];
  /** Of the column. */
  readonly title: string;
  readonly chosen: Variant | undefined;
  /** Of the chosen one; undefined while it is made. */
  readonly plan: ExportPlan | undefined;
  readonly mostOf: (variant: Variant) => number | null | undefined;
  readonly tabbable: boolean;
  readonly onChoose: (variant: Variant) => void;
  readonly onArrow: (event: KeyboardEvent) => void;
}

/** What a framework can be given for a method; where there are several ways, each can be chosen. */
export function TargetCell({ variants, title, chosen, plan, mostOf, tabbable, onChoose, onArrow }: TargetCellProps) {
  const shown = chosen ?? variants[0];
  if (shown === undefined) return null;
  const { target } = shown;
  const isCounted = chosen !== undefined && plan !== undefined;
  const count = isCounted ? formatCount(plan.rowsWritten) : mostWords(mostOf(shown));
  const over = isCounted ? (lengthWords(plan, target.cutsAt) ?? '') : stopsWords(target.cutsAt);
  const ways = variants.length > 1 ? variants.map((variant) => variant.target.method.title) : [];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    if (isKey('targets.choose', event)) {
      event.preventDefault();
      onChoose(shown);
    } else onArrow(event);
  };
  return (
    <div
      role="gridcell"
      className={css.cell}
      data-target={variants.length === 1 ? target.target : undefined}
      aria-selected={chosen !== undefined}
      aria-label={`${target.framework.title} ${title}: ${[count, over, target.writes, ...ways].filter((words) => words !== '').join(', ')}`}
      tabIndex={tabbable ? 0 : -1}
      onClick={() => onChoose(shown)}
      onKeyDown={onKeyDown}
    >
      <span className={css.count}>
        <b>{count}</b> {isCounted ? <LengthPill plan={plan} tokens={target.cutsAt} /> : <span title={stopsTitle}>{over}</span>}
      </span>{' '}
      <span className={css.writes} title={target.writes}>
        {target.writes.replaceAll(' · ', '\u00a0· ')}
      </span>{' '}
      {variants.length > 1 && (
        <div role="group" aria-label={`Ways to fill ${target.framework.title} ${title}`} className={css.variants}>
          {variants
            .map((variant) => (
              <button
                key={variant.target.target}
                type="button"
                className={css.variant}
                data-target={variant.target.target}
                aria-pressed={variant === chosen}
                tabIndex={tabbable ? 0 : -1}
                onClick={(event) => {
                  event.stopPropagation();
                  onChoose(variant);
                }}
              >
                {variant.target.method.title}
              </button>
            ))
            .flatMap((button) => [button, ' '])}
        </div>
      )}
      {chosen !== undefined && <IconCircleCheckFilled size={16} className={css.check} aria-hidden />}
    </div>
  );
}

const stopsTitle = 'How many examples are longer is counted once the cell is chosen; the configuration raises it.';

/** That the trainer stops at a length unless it is told otherwise; how many examples are longer is known once they are mapped. */
function stopsWords(tokens: number | undefined): string {
  return tokens === undefined ? '' : `default ${formatCount(tokens)} tokens`;
}

const uncounted = 'not countable';

/** Nothing until it is known; cells keep their height meanwhile. */
function mostWords(most: number | null | undefined): string {
  if (most === undefined) return '';
  return most === null ? uncounted : `≤ ${formatCount(most)}`;
}
