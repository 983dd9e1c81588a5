import type { Block } from './blocks.ts';
import { formatCount } from '../../ui/format.ts';
import { hideableKinds, type HideableKind } from './reader-state.ts';
import { roles } from './roles.tsx';
import css from './KindButtons.module.css';

interface KindButtonsProps {
  readonly blocks: readonly Block[];
  readonly hidden: readonly HideableKind[];
  readonly onToggle: (kind: HideableKind) => void;
}

export const kindNames: Readonly<Record<HideableKind, string>> = { system: 'System', reasoning: 'Reasoning', tool: 'Tools' };

/** Which kinds of steps are shown. Kinds that do not occur have no button. */
export function KindButtons({ blocks, hidden, onToggle }: KindButtonsProps) {
  return (
    <div className={css.kinds} role="group" aria-label="Shown kinds">
      {hideableKinds.map((kind) => {
        const count = blocks.filter((block) => block.kind === kind).length;
        if (count === 0) return null;
        const { icon: Icon } = roles[kind];
        const shown = !hidden.includes(kind);
        return (
          <button
            key={kind}
            type="button"
            className={css.kind}
            aria-pressed={shown}
            aria-label={`${kindNames[kind]} ${formatCount(count)}`}
            title={`${shown ? 'Hide' : 'Show'} ${kindNames[kind].toLowerCase()}`}
            onClick={() => onToggle(kind)}
          >
            <Icon size={13} aria-hidden />
            <span className={css.name}>{kindNames[kind]}</span>
            <span className={css.count}>{formatCount(count)}</span>
          </button>
        );
      })}
    </div>
  );
}
