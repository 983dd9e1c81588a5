import { useLayoutEffect, useRef, useState } from 'react';
import type { Cell } from '#shared/model/cell.ts';
import { cellShort, cellText } from './cell-text.ts';
import css from './ScoreLine.module.css';

export interface Score {
  readonly name: string;
  readonly value: Cell;
}

/** Scores in one line; those that do not fit are counted, and one click away. */
export function ScoreLine({ scores, onMore }: { scores: readonly Score[]; onMore: () => void }) {
  const line = useRef<HTMLDListElement>(null);
  const [fitting, setFitting] = useState(scores.length);
  useLayoutEffect(() => {
    const element = line.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const [first] = element.children;
      const top = first instanceof HTMLElement ? first.offsetTop : 0;
      setFitting([...element.children].filter((child) => child instanceof HTMLElement && child.offsetTop === top).length);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scores]);

  return (
    <div className={css.scores}>
      <dl ref={line} className={css.line}>
        {scores.map(({ name, value }) => (
          <div key={name} className={css.score}>
            <dt title={name}>{name}</dt>
            <dd title={cellText(value)} data-quiet={value === null || undefined}>
              {cellShort(value)}
            </dd>
          </div>
        ))}
      </dl>
      {fitting < scores.length && (
        <button type="button" className={css.more} onClick={onMore}>
          +{scores.length - fitting} more
        </button>
      )}
    </div>
  );
}
