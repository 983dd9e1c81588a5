import { useEffect, useMemo, useRef } from 'react';
import type { Cell } from '#shared/model/cell.ts';
import { plural } from '../../ui/format.ts';
import { blockLength, type Block } from './blocks.ts';
import { cellText } from './cell-text.ts';
import { partText } from './parts.ts';
import { roleName, roles } from './roles.tsx';
import css from './Outline.module.css';

interface OutlineProps {
  readonly blocks: readonly Block[];
  readonly cursor: string | null;
  readonly onCursor: (block: string) => void;
  readonly sampling: readonly { readonly name: string; readonly value: Cell }[];
}

/** Beyond it the outline shows the steps around the cursor only: thousands of buttons are of no use to anyone. */
const shownSteps = 200;

/** The conversation at a glance: one line a step, its bar as long as the logarithm of its characters. */
export function Outline({ blocks, cursor, onCursor, sampling }: OutlineProps) {
  const lengths = useMemo(() => blocks.map((block) => blockLength(block)), [blocks]);
  const oneTool = useMemo(() => new Set(blocks.flatMap((block) => (block.kind === 'tool' ? [block.name] : []))).size === 1, [blocks]);
  const longest = Math.log(Math.max(10, ...lengths));
  const at = blocks.findIndex((block) => block.id === cursor);
  const start = Math.max(0, Math.min(at - shownSteps / 2, blocks.length - shownSteps));
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [cursor]);

  return (
    <aside className={css.outline} aria-label="Outline">
      <h3 className={css.head}>
        Outline <span>{plural(blocks.length, 'step')}</span>
      </h3>
      <div className={css.steps}>
        {start > 0 && <p className={css.more}>{plural(start, 'earlier step')}</p>}
        {blocks.slice(start, start + shownSteps).map((block, offset) => {
          const { icon: Icon } = roles[block.kind];
          const length = lengths[start + offset] ?? 0;
          const isCurrent = block.id === cursor;
          return (
            <button
              key={block.id}
              ref={isCurrent ? current : undefined}
              type="button"
              className={css.step}
              data-kind={block.kind}
              aria-current={isCurrent ? 'step' : undefined}
              title={`${roleName(block)}, ${plural(length, 'character')}`}
              onClick={() => onCursor(block.id)}
            >
              <Icon size={13} aria-hidden />
              <span className={block.kind === 'tool' ? css.mono : css.label}>{stepLabel(block, oneTool)}</span>
              <span className={css.bar} style={{ width: Math.round((36 * Math.log(Math.max(length, 1.5))) / longest) }} />
            </button>
          );
        })}
        {start + shownSteps < blocks.length && <p className={css.more}>{plural(blocks.length - start - shownSteps, 'later step')}</p>}
      </div>
      {sampling.length > 0 && (
        <>
          <h3 className={css.head}>Sampling</h3>
          <dl className={css.sampling}>
            {sampling.map(({ name, value }) => (
              <div key={name}>
                <dt>{name.replaceAll('_', ' ')}</dt>
                <dd title={cellText(value)}>{cellText(value)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </aside>
  );
}

/** Calls are told apart by their arguments where there is one tool only, else by the tool's name. */
function stepLabel(block: Block, oneTool: boolean): string {
  if (block.kind === 'tool') {
    const values = block.pairs?.flatMap((pair) => (pair.kind === 'null' ? [] : [pair.text])).join(', ');
    return oneTool && block.called && values ? values.slice(0, 60) : block.name || 'output';
  }
  if (block.kind !== 'assistant') return roles[block.kind].name;
  const text = block.parts.map((part) => partText(part).trim()).find((part) => part !== '') ?? '';
  return text.slice(0, 60) || roles.assistant.name;
}
