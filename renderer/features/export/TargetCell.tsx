import { IconCircleCheckFilled } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { plural } from '../../ui/format.ts';
import type { Variant } from './grid-cells.ts';
import { isKey } from '../../ui/key-press.ts';
import css from './TargetGrid.module.css';

interface TargetCellProps {
  /** At least one. */
  readonly variants: readonly Variant[];
  /** Of the column. */
  readonly title: string;
  readonly chosen: Variant | undefined;
  /** Of the chosen one; undefined while they are counted. */
  readonly examples: number | undefined;
  readonly tabbable: boolean;
  readonly onChoose: (variant: Variant) => void;
  readonly onArrow: (event: KeyboardEvent) => void;
}

/** What a framework can be given for a method; where there are several ways, each can be chosen. */
export function TargetCell({ variants, title, chosen, examples, tabbable, onChoose, onArrow }: TargetCellProps) {
  const shown = chosen ?? variants[0];
  if (shown === undefined) return null;
  const { target } = shown;
  const first = chosen !== undefined && examples !== undefined ? plural(examples, 'example') : target.method.title;
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
      aria-label={`${target.framework.title} ${title}: ${[first, target.writes, ...ways].join(', ')}`}
      tabIndex={tabbable ? 0 : -1}
      onClick={() => onChoose(shown)}
      onKeyDown={onKeyDown}
    >
      <b>{first}</b> <span>{target.writes}</span>{' '}
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
