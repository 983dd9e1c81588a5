import type { Sibling } from '#shared/model/rollout.ts';
import { formatScore, plural } from '../../ui/format.ts';
import { rewardHeight, rewardTone, type ValueRange } from '../../ui/reward-scale.ts';
import { useSize } from '../../ui/use-size.ts';
import css from './SiblingStrip.module.css';

interface SiblingStripProps {
  /** In the order of the task. */
  readonly siblings: readonly Sibling[];
  readonly row: number;
  readonly mark: number;
  readonly range: ValueRange;
  readonly onRead: (row: number) => void;
}

/** More would say no more at a glance. */
const mostCells = 16;
/** In px: from one cell to the next, between two, and what "12 of 200" takes. */
const pitch = 25;
const gap = 5;
const countWidth = 70;

/**
 * The rewards of the rollouts of the task: height says the value, colour the side of the pass mark. Where there is no room for
 * all, those around the rollout in view.
 */
export function SiblingStrip({ siblings, row, mark, range, onRead }: SiblingStripProps) {
  const at = siblings.findIndex((sibling) => sibling.row === row);
  const all = Math.min(siblings.length, mostCells) * pitch - gap + (siblings.length > mostCells ? countWidth : 0);
  const { ref, width } = useSize<HTMLDivElement>({ width: all, height: 20 });
  const fit = Math.min(mostCells, Math.max(1, Math.floor((width - countWidth + gap) / pitch)));
  const shownCells = siblings.length <= mostCells && width >= all ? siblings.length : fit;
  const start = Math.max(0, Math.min(at - Math.floor(shownCells / 2), siblings.length - shownCells));
  return (
    <div
      ref={ref}
      className={css.strip}
      style={{ maxWidth: all }}
      role="group"
      aria-label={`${plural(siblings.length, 'rollout')} of this task`}
    >
      {siblings.slice(start, start + shownCells).map((sibling, offset) => {
        const value = sibling.metric;
        const name = `rollout ${sibling.rollout ?? start + offset}: ${value === undefined ? 'no value' : formatScore(value)}`;
        return (
          <button
            key={sibling.row}
            type="button"
            className={css.cell}
            aria-label={name}
            title={name}
            aria-current={sibling.row === row || undefined}
            tabIndex={-1}
            onClick={() => onRead(sibling.row)}
          >
            <Fill value={value} mark={mark} range={range} />
          </button>
        );
      })}
      {siblings.length > shownCells && (
        <span className={css.of}>
          {at + 1} of {siblings.length}
        </span>
      )}
    </div>
  );
}

function Fill({ value, mark, range }: { value: number | undefined; mark: number; range: ValueRange }) {
  if (value === undefined) return <span className={css.none} />;
  const { side, step } = rewardTone(value, mark, range);
  return (
    <span
      className={css.fill}
      data-side={side}
      data-step={step}
      style={{ height: Math.max(4, Math.round(20 * rewardHeight(value, range))) }}
    />
  );
}
