import type { Sibling } from '#shared/model/rollout.ts';
import { formatScore, plural } from '../../ui/format.ts';
import { rewardHeight, rewardTone, type ValueRange } from '../../ui/reward-scale.ts';
import css from './SiblingStrip.module.css';

interface SiblingStripProps {
  /** In the order of the task. */
  readonly siblings: readonly Sibling[];
  readonly row: number;
  readonly mark: number;
  readonly range: ValueRange;
  readonly onRead: (row: number) => void;
}

/** Cells that fit the header; of a larger task those around the rollout in view are shown. */
const shownCells = 16;

/** The rewards of all rollouts of the task: height says the value, colour the side of the pass mark. */
export function SiblingStrip({ siblings, row, mark, range, onRead }: SiblingStripProps) {
  const at = siblings.findIndex((sibling) => sibling.row === row);
  const start = Math.max(0, Math.min(at - shownCells / 2, siblings.length - shownCells));
  return (
    <div className={css.strip} role="group" aria-label={`${plural(siblings.length, 'rollout')} of this task`}>
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
