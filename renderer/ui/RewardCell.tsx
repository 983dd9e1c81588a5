import css from './RewardCell.module.css';
import { rewardHeight, rewardTone, type ValueRange } from './reward-scale.ts';

/** A reward as a small bar: its height says the value, its colour the side of the pass mark. Null is hatched. */
export function RewardCell({ value, mark, range }: { value: number | null; mark: number; range: ValueRange }) {
  if (value === null) return <span className={`${css.cell} ${css.null}`} aria-hidden />;
  const { side, step } = rewardTone(value, mark, range);
  const height = Math.max(3, Math.round(16 * rewardHeight(value, range)));
  return (
    <span className={css.cell} aria-hidden>
      <span className={css.fill} data-side={side} data-step={step} style={{ height }} />
    </span>
  );
}
