import { useMemo } from 'react';
import css from './PlainText.module.css';

/** Characters laid out as one piece. Where pieces meet the line breaks, so they are long. */
const pieceCharacters = 50_000;

/** Text as it is, of up to some megabytes: the browser lays out the pieces in view. */
export function PlainText({ text, label }: { text: string; label: string }) {
  const pieces = useMemo(() => cut(text), [text]);
  return (
    <div className={css.scroller} tabIndex={0} role="region" aria-label={label}>
      {pieces.map((piece, index) => (
        <div key={index} className={css.piece}>
          {piece}
        </div>
      ))}
    </div>
  );
}

/** Never between the halves of a surrogate pair. */
function cut(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + pieceCharacters);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last < 0xdc00) end--;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}
