import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useInvalidLines } from '../../data/use-invalid-lines.ts';
import { formatCount } from '../../ui/format.ts';
import { isKey, listStep } from '../../ui/key-press.ts';
import css from './Lines.module.css';

interface InvalidLinesProps {
  readonly rule: string;
  readonly onRead: (row: number) => void;
  /** Shown for rules whose lines are rollouts. */
  readonly otherwise: ReactNode;
}

const rowHeight = 28;

/** The lines of a rule that makes a line no rollout, however many: only those in view are asked for. */
export function InvalidLines({ rule, onRead, otherwise }: InvalidLinesProps) {
  const { state } = useDataset();
  const scroller = useRef<HTMLDivElement>(null);
  const [firstVisible, setFirstVisible] = useState(0);
  const [at, setAt] = useState(0);
  const lines = useInvalidLines(rule, firstVisible);
  const total = lines?.total ?? 0;
  const list = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    onChange: (instance) => setFirstVisible(instance.range?.startIndex ?? 0),
  });
  if (lines === undefined) return null;
  if (total === 0) return otherwise;

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const step = listStep(event, page);
    if (step !== null) {
      const next = Math.min(total - 1, Math.max(0, at + step));
      setAt(next);
      list.scrollToIndex(next);
    } else if (isKey('list.read', event)) {
      const line = lines.line(at);
      if (line !== undefined) onRead(line.row);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={scroller}
      className={css.lines}
      role="listbox"
      aria-label="Lines"
      aria-activedescendant={`line-${at}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={css.sizer} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const line = lines.line(index);
          return (
            <div
              key={index}
              id={`line-${index}`}
              role="option"
              aria-selected={index === at}
              className={css.line}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => {
                setAt(index);
                if (line !== undefined) onRead(line.row);
              }}
            >
              {line !== undefined && (
                <>
                  <span className={css.number}>
                    {state.files.length > 1 && `${line.file} `}
                    {formatCount(line.line)}
                  </span>
                  <span className={css.message}>{line.message}</span>
                  <code className={css.preview}>{line.preview}</code>
                </>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
