import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { TextMarks } from '../../ui/MessageText.tsx';
import { blockLength, type Block } from './blocks.ts';
import type { Hit, MarkIndex } from './find.ts';
import { placeOfHit } from './places.ts';
import { isOpen, type ReaderState } from './reader-state.ts';
import { roleName, roles } from './roles.tsx';
import { TextBlockView } from './TextBlockView.tsx';
import { ToolBlockView } from './ToolBlockView.tsx';
import css from './Transcript.module.css';

interface TranscriptProps {
  /** Row of the rollout: another one begins at its top. */
  readonly row: number;
  readonly blocks: readonly Block[];
  readonly state: ReaderState;
  readonly marks: MarkIndex;
  readonly currentHit: Hit | undefined;
  readonly onFold: (place: string, open: boolean) => void;
  readonly onCursor: (block: string) => void;
}

/** The steps of a conversation, of which only those in view are in the page. */
export function Transcript({ row, blocks, state, marks, currentHit, onFold, onCursor }: TranscriptProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // The same functions while the steps are the same: the list goes through all of them whenever these are others.
  const keys = useMemo(() => blocks.map(({ id }) => `${row}/${id}`), [row, blocks]);
  const getItemKey = useCallback((index: number) => keys[index] ?? index, [keys]);
  const list = useVirtualizer({
    count: blocks.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimatedHeight(blocks[index]),
    getItemKey,
    overscan: 6,
    paddingStart: 8,
    paddingEnd: 48,
  });
  const hitPlace = currentHit && placeOfHit(currentHit);
  const open = useCallback((block: Block, place: string) => place === hitPlace || isOpen(state, block.kind, place), [state, hitPlace]);

  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [row]);

  useEffect(() => {
    const index = blocks.findIndex((block) => block.id === state.cursor);
    if (index >= 0) list.scrollToIndex(index, { align: 'auto' });
  }, [state.cursor, blocks, list]);

  useEffect(() => {
    const index = blocks.findIndex((block) => block.id === currentHit?.block);
    if (index < 0) return undefined;
    list.scrollToIndex(index, { align: 'auto' });
    // The block has to be in the page before the mark in it can be brought into view.
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => scroller.current?.querySelector('mark[data-current]')?.scrollIntoView({ block: 'nearest' })),
    );
    return () => cancelAnimationFrame(frame);
  }, [currentHit, blocks, list]);

  return (
    <div ref={scroller} className={css.scroller} tabIndex={0} role="region" aria-label="Conversation" data-reader-focus>
      <div className={css.sizer} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map((item) => {
          const block = blocks[item.index];
          if (block === undefined) return null;
          return (
            <article
              key={item.key}
              ref={list.measureElement}
              data-index={item.index}
              data-kind={block.kind}
              className={css.block}
              aria-current={block.id === state.cursor ? 'step' : undefined}
              aria-label={`${roleName(block)}, step ${item.index + 1} of ${blocks.length}`}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => onCursor(block.id)}
            >
              <BlockBody block={block} open={open} marks={marks.get(block.id)} onFold={onFold} />
            </article>
          );
        })}
      </div>
    </div>
  );
}

interface BlockBodyProps {
  readonly block: Block;
  readonly open: (block: Block, place: string) => boolean;
  readonly marks: ReadonlyMap<string, TextMarks> | undefined;
  readonly onFold: (place: string, open: boolean) => void;
}

/** Scrolling moves the steps without drawing them anew. */
const BlockBody = memo(({ block, open, marks, onFold }: BlockBodyProps) => (
  <>
    <Role block={block} />
    <div className={css.body}>
      {block.kind === 'tool' ? (
        <ToolBlockView block={block} isOpen={(place) => open(block, place)} marks={marks} onFold={onFold} />
      ) : (
        <TextBlockView block={block} open={open(block, block.id)} marks={marks} onFold={(opened) => onFold(block.id, opened)} />
      )}
    </div>
  </>
));
BlockBody.displayName = 'BlockBody';

function Role({ block }: { block: Block }) {
  const { icon: Icon } = roles[block.kind];
  return (
    <div className={css.role}>
      <Icon size={14} aria-hidden />
      {roleName(block)}
    </div>
  );
}

/** Before it is measured: from the number of characters, as if folded. */
function estimatedHeight(block: Block | undefined): number {
  if (block === undefined || block.kind === 'reasoning') return 29;
  const lines = Math.ceil(blockLength(block) / 100);
  switch (block.kind) {
    case 'tool':
      return lines <= 1 ? 38 : 60 + 20 * Math.min(lines, 13);
    case 'system':
      return 30 + 20 * Math.min(lines, 4);
    default:
      return 20 + 20 * Math.min(lines, 25);
  }
}
