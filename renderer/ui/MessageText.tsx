import { Fragment, useMemo } from 'react';
import css from './MessageText.module.css';

/** Ranges to highlight, in UTF-16 units of the whole text; `current` is the number of the one in focus, -1 for none. */
export interface TextMarks {
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
  readonly current: number;
}

interface TextProps {
  readonly text: string;
  readonly marks?: TextMarks | undefined;
  /** Where `text` begins in the text the marks count from. */
  readonly from?: number;
}

/** Text as it is, with marks. Nothing in it is markup. */
export function MarkedText({ text, marks, from = 0 }: TextProps) {
  if (marks === undefined) return text;
  return cutAtMarks(text, marks, from).map((piece, index) =>
    piece.mark === null ? (
      <Fragment key={index}>{piece.text}</Fragment>
    ) : (
      <mark key={index} className={css.mark} data-current={piece.mark === marks.current || undefined}>
        {piece.text}
      </mark>
    ),
  );
}

/** Beyond it a text is laid out in chunks, of which the browser skips those out of view. */
const chunkCharacters = 8_000;

/** A text of any length, white space kept. */
export function MessageText({ text, marks, from = 0 }: TextProps) {
  const chunks = useMemo(() => lineChunks(text, chunkCharacters), [text]);
  if (chunks.length === 1) {
    return (
      <div className={css.text}>
        <MarkedText text={text} marks={marks} from={from} />
      </div>
    );
  }
  return (
    <div className={css.text}>
      {chunks.map((chunk) => (
        <div key={chunk.start} className={css.chunk}>
          <MarkedText text={text.slice(chunk.start, chunk.end)} marks={marks} from={from + chunk.start} />
        </div>
      ))}
    </div>
  );
}

/** Cuts at line breaks into pieces of about `size` characters; the break between two pieces belongs to none. */
export function lineChunks(text: string, size: number): { start: number; end: number }[] {
  const chunks: { start: number; end: number }[] = [];
  let start = 0;
  while (text.length - start > size * 1.5) {
    const end = text.indexOf('\n', start + size);
    if (end < 0) break;
    chunks.push({ start, end });
    start = end + 1;
  }
  chunks.push({ start, end: text.length });
  return chunks;
}

/** Text cut at its marks; `mark` is the number of the mark, null between them. */
export function cutAtMarks(text: string, marks: TextMarks, from = 0): { text: string; mark: number | null }[] {
  const pieces: { text: string; mark: number | null }[] = [];
  let at = 0;
  marks.ranges.forEach((range, mark) => {
    const start = Math.max(range.start - from, at);
    const end = Math.min(range.end - from, text.length);
    if (end <= start) return;
    if (start > at) pieces.push({ text: text.slice(at, start), mark: null });
    pieces.push({ text: text.slice(start, end), mark });
    at = end;
  });
  if (at < text.length) pieces.push({ text: text.slice(at), mark: null });
  return pieces;
}
