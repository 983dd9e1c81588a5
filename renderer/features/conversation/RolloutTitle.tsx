import type { RolloutDetail, Sibling } from '#shared/model/rollout.ts';
import { useFocus } from '../../data/focus-context.tsx';
import { formatScore } from '../../ui/format.ts';
import { rewardTone } from '../../ui/reward-scale.ts';
import { SiblingStrip } from './SiblingStrip.tsx';
import { meanMetric } from './siblings.ts';
import css from './RolloutTitle.module.css';

interface RolloutTitleProps {
  readonly detail: Extract<RolloutDetail, { kind: 'rollout' }>;
  readonly siblings: readonly Sibling[];
  readonly metric: string;
  readonly onRead: (row: number) => void;
}

/** The figure, whose it is, and how its siblings did. */
export function RolloutTitle({ detail, siblings, metric, onRead }: RolloutTitleProps) {
  const { passMark, range } = useFocus();
  const value = detail.metrics[metric];
  const mean = meanMetric(siblings);
  const names = [
    detail.agent,
    `task ${detail.task}`,
    detail.rollout === undefined ? `line ${detail.line}` : `rollout ${detail.rollout}`,
  ].filter((name) => name !== undefined);
  return (
    <>
      <strong
        className={css.figure}
        data-side={value === undefined ? undefined : rewardTone(value, passMark, range).side}
        title={`${metric}: ${value ?? 'no value'}`}
      >
        {value === undefined ? (detail.fields.some((field) => field.name === metric) ? 'null' : '·') : formatScore(value)}
      </strong>
      <h2 className={css.name} title={`${names.join(' · ')}, line ${detail.line} of ${detail.file}`}>
        {names.join(' · ')}
      </h2>
      {siblings.length > 1 && (
        <>
          <span className={css.rule} />
          <SiblingStrip siblings={siblings} row={detail.row} mark={passMark} range={range} onRead={onRead} />
          {mean !== undefined && <span className={css.mean}>mean {formatScore(mean)}</span>}
        </>
      )}
    </>
  );
}
