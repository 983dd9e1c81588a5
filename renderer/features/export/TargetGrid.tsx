import { IconBan, IconCircleCheckFilled } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import type { TargetInfo } from '#shared/model/target.ts';
import { plural } from '../../ui/format.ts';
import css from './TargetGrid.module.css';

interface TargetGridProps {
  readonly targets: readonly TargetInfo[];
  readonly chosen: string;
  /** Of the chosen target; undefined while they are counted. */
  readonly examples: number | undefined;
  readonly onChoose: (target: string) => void;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Frameworks down, methods across: a choice of one decides the other, and what does not exist is seen to be so. */
export function TargetGrid({ targets, chosen, examples, onChoose }: TargetGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const frameworks = uniqueById(targets.map(({ framework }) => framework));
  const methods = uniqueById(targets.map(({ method }) => method));
  const at = (row: number, column: number): TargetInfo | undefined =>
    targets.find(({ framework, method }) => framework.id === frameworks[row]?.id && method.id === methods[column]?.id);

  /** Goes on in the direction of the arrow to the next cell that exists. */
  const onKeyDown = (event: KeyboardEvent, row: number, column: number): void => {
    const [down, right] = arrows[event.key] ?? [0, 0];
    if (down === 0 && right === 0) return;
    event.preventDefault();
    let [r, c] = [row + down, column + right];
    while (r >= 0 && r < frameworks.length && c >= 0 && c < methods.length) {
      const target = at(r, c);
      if (target !== undefined) {
        grid.current?.querySelector<HTMLElement>(`[data-target="${target.target}"]`)?.focus();
        return;
      }
      r += down;
      c += right;
    }
  };

  const columns = { gridTemplateColumns: `minmax(112px, 176px) repeat(${methods.length}, minmax(0, 1fr))` };
  return (
    <div ref={grid} className={css.grid} role="grid" aria-label="Framework and method">
      <div role="row" className={css.row} style={columns}>
        <div role="columnheader" className={css.corner} />
        {methods.map((method) => (
          <div key={method.id} role="columnheader" className={css.head} title={method.about}>
            <b>{method.title}</b>
            <span>{method.about}</span>
          </div>
        ))}
      </div>
      {frameworks.map((framework, row) => (
        <div key={framework.id} role="row" className={css.row} style={columns}>
          <div role="rowheader" className={css.head}>
            <b>{framework.title}</b>
            <span>{framework.version}</span>
          </div>
          {methods.map((method, column) => {
            const target = at(row, column);
            if (target === undefined) {
              return (
                <div key={method.id} role="gridcell" className={css.none} aria-label={`${framework.title} has no ${method.title}`}>
                  <IconBan size={16} aria-hidden />
                </div>
              );
            }
            const isChosen = target.target === chosen;
            return (
              <button
                key={method.id}
                type="button"
                role="gridcell"
                className={css.cell}
                data-target={target.target}
                aria-selected={isChosen}
                aria-label={`${framework.title} ${method.title}: ${target.writes}`}
                tabIndex={isChosen ? 0 : -1}
                onClick={() => onChoose(target.target)}
                onKeyDown={(event) => onKeyDown(event, row, column)}
              >
                <b>{isChosen && examples !== undefined ? plural(examples, 'example') : target.method.title}</b>
                <span>{target.writes}</span>
                {isChosen && <IconCircleCheckFilled size={16} className={css.check} aria-hidden />}
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function uniqueById<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return items.filter((item, index) => items.findIndex(({ id }) => id === item.id) === index);
}
