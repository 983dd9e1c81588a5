import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { formatCount } from './format.ts';
import { jsonTokens } from './json-text.ts';
import css from './JsonLines.module.css';

/** Beyond it a line shows its beginning until it is asked for the rest. */
const lineCharacters = 1_200;

interface JsonLinesProps {
  readonly text: string;
  readonly label: string;
}

/** Indented JSON of any length, numbered and coloured: only the lines in view are in the page. */
export function JsonLines({ text, label }: JsonLinesProps) {
  const lines = useMemo(() => text.split('\n'), [text]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => 20 * Math.ceil(Math.min(lines[index]?.length ?? 0, lineCharacters) / 110 || 1),
    overscan: 20,
    paddingStart: 8,
    paddingEnd: 24,
  });
  return (
    <div ref={scroller} className={css.scroller} tabIndex={0} role="region" aria-label={label}>
      <div className={css.sizer} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index] ?? '';
          const long = line.length > lineCharacters && !open.has(index);
          const indent = /^ */.exec(line)?.[0].length ?? 0;
          return (
            <div
              key={key}
              ref={list.measureElement}
              data-index={index}
              className={css.line}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className={css.lineNumber} style={{ minWidth: `${String(lines.length).length}ch` }}>
                {index + 1}
              </span>
              <code className={css.text} style={{ paddingLeft: `${indent}ch` }}>
                <Tokens line={(long ? line.slice(0, lineCharacters) : line).slice(indent)} />
                {long && (
                  <button type="button" className={css.more} onClick={() => setOpen(new Set(open).add(index))}>
                    … {formatCount(line.length - lineCharacters)} more characters
                  </button>
                )}
              </code>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Tokens({ line }: { line: string }) {
  if (line.length > 20 * lineCharacters) return line;
  return jsonTokens(line).map((piece, index) => (
    <span key={index} className={css[piece.kind]}>
      {piece.text}
    </span>
  ));
}
