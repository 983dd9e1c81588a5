import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { TrainedExample } from '#shared/model/training.ts';
import { formatCount } from '../../ui/format.ts';
import { type Segment, tokenTexts, type TrainedHead, type TrainedLine, trainedLines } from './trained-lines.ts';
import css from './TrainedText.module.css';

/** Beyond it a line shows its beginning until it is asked for the rest. */
const lineCharacters = 2_000;

interface TrainedTextProps {
  readonly example: TrainedExample;
  /** Whether tokens are told apart. */
  readonly edges: boolean;
}

/** The texts that a trainer reads, of any length: only the lines in view are in the page. */
export function TrainedText({ example, edges }: TrainedTextProps) {
  const lines = useMemo(() => trainedLines(example.texts), [example]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => 20 * Math.ceil(Math.min(lengthOf(segmentsOf(lines[index])), lineCharacters) / 100 || 1),
    overscan: 20,
    paddingStart: 8,
    paddingEnd: 24,
  });
  const about = example.tokenizer === null ? '≈ ' : '';
  return (
    <div ref={scroller} className={css.scroller} tabIndex={0} role="region" aria-label="Example as trained on">
      <div className={css.sizer} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          return (
            <div key={key} ref={list.measureElement} data-index={index} className={css.row} style={{ transform: `translateY(${start}px)` }}>
              {line?.kind === 'head' && <Head {...line} loss={example.loss} about={about} />}
              {line?.kind === 'line' && (
                <Line line={line} about={about} edges={edges} isOpen={open.has(index)} onOpen={() => setOpen(new Set(open).add(index))} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function segmentsOf(line: TrainedLine | TrainedHead | undefined): readonly Segment[] {
  return line?.kind === 'line' ? line.segments : [];
}

function lengthOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, { text }) => sum + text.length, 0);
}

const partTitles = { conversation: 'Conversation', chosen: 'Chosen', rejected: 'Rejected', answer: 'Answer', prompt: 'Prompt' } as const;

function Head({ part, tokens, trainedTokens, loss, about }: TrainedHead & { loss: TrainedExample['loss']; about: string }) {
  return (
    <h3 className={css.head}>
      {partTitles[part]}
      <span>
        {about}
        {formatCount(tokens)} tokens{loss === 'tokens' && `, ${formatCount(trainedTokens)} trained`}
      </span>
    </h3>
  );
}

interface LineProps {
  readonly line: TrainedLine;
  readonly about: string;
  readonly edges: boolean;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

function Line({ line: { segments, message, trained }, about, edges, isOpen, onOpen }: LineProps) {
  const long = !isOpen && lengthOf(segments) > lineCharacters;
  return (
    <>
      <span className={css.gutter}>
        {message !== undefined && (
          <>
            <b className={trained ? css.trainedRole : undefined}>{message.role}</b>
            <span>
              {about}
              {formatCount(message.tokens)}
            </span>
          </>
        )}
      </span>
      <code className={`${css.text} ${trained ? css.bar : ''}`}>
        {(long ? beginningOf(segments) : segments).map((segment, i) => (
          <SegmentText key={i} segment={segment} edges={edges} />
        ))}
        {long && (
          <button type="button" className={css.more} onClick={onOpen}>
            … the rest of the line
          </button>
        )}
      </code>
    </>
  );
}

function beginningOf(segments: readonly Segment[]): Segment[] {
  let left = lineCharacters;
  return segments.flatMap((segment) => {
    const text = segment.text.slice(0, left);
    left -= text.length;
    return text === '' ? [] : [{ ...segment, text, edges: segment.edges.filter((at) => at < text.length) }];
  });
}

function SegmentText({ segment, edges }: { segment: Segment; edges: boolean }) {
  const text = edges
    ? tokenTexts(segment).map((token, i) => (
        <span key={i} className={css.token}>
          {token}
        </span>
      ))
    : segment.text;
  return segment.trained ? <mark className={css.trained}>{text}</mark> : <span className={css.masked}>{text}</span>;
}
