import type { MouseEvent } from 'react';
import type { TaskGroup } from '#shared/model/group.ts';
import { formatScore } from '../../ui/format.ts';
import { rewardHeight, rewardTone, type ValueRange } from '../../ui/reward-scale.ts';
import { slotsOf, type Slot } from './slots.ts';
import css from './Strip.module.css';

interface StripProps {
  readonly group: TaskGroup;
  /** In px, from one cell to the next. */
  readonly pitch: number;
  readonly mark: number;
  readonly range: ValueRange;
  readonly onRead: (row: number) => void;
}

const cellHeight = 16;

/** The values of a group in rollout order: height says the value, colour the side of the pass mark. A click reads one. */
export function Strip({ group, pitch, mark, range, onRead }: StripProps) {
  const slots = slotsOf(group);
  const more = group.size - group.rows.length;
  const read = (event: MouseEvent): void => {
    const cell = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    if (!(cell instanceof HTMLElement)) return;
    event.stopPropagation();
    onRead(Number(cell.dataset['row']));
  };
  return (
    // The keys reach each rollout where the group is open.
    <span className={css.strip} role="img" aria-label={sayAll(slots, more)} onClick={read}>
      {slots.map((slot, at) => (
        <Cell key={at} slot={slot} pitch={pitch} mark={mark} range={range} />
      ))}
      {more > 0 && <span className={css.more}>+{more}</span>}
    </span>
  );
}

function Cell({ slot, pitch, mark, range }: { slot: Slot } & Omit<StripProps, 'group' | 'onRead'>) {
  const style = { width: pitch > 6 ? pitch - 2 : pitch > 3 ? pitch - 1 : pitch, marginRight: pitch > 6 ? 2 : pitch > 3 ? 1 : 0 };
  if (slot.kind === 'missing') return <span className={`${css.cell} ${css.missing}`} style={style} title={say(slot)} />;
  const { value } = slot;
  const tone = value === null ? null : rewardTone(value, mark, range);
  return (
    <span className={tone === null ? `${css.cell} ${css.none}` : css.cell} style={style} title={say(slot)} data-row={slot.row}>
      {tone !== null && value !== null && (
        <span
          className={css.fill}
          data-side={tone.side}
          data-step={tone.step}
          style={{ height: Math.max(3, Math.round(cellHeight * rewardHeight(value, range))) }}
        />
      )}
    </span>
  );
}

function say(slot: Slot): string {
  const name = slot.rollout === null ? 'a rollout' : `rollout ${slot.rollout}`;
  if (slot.kind === 'missing') return `${name}: planned, not there`;
  return `${name}: ${slot.value === null ? 'no value' : formatScore(slot.value)}`;
}

function sayAll(slots: readonly Slot[], more: number): string {
  const values = slots.map((slot) => (slot.kind === 'missing' ? 'missing' : slot.value === null ? 'none' : formatScore(slot.value)));
  return `${values.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
