import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import { formatCount } from '../../ui/format.ts';
import { MarkedText, type TextMarks } from '../../ui/MessageText.tsx';
import type { TextBlock } from './blocks.ts';
import { Parts } from './Parts.tsx';
import { partText, previewParts, type Part } from './parts.ts';
import css from './blocks.module.css';

interface TextBlockProps {
  readonly block: TextBlock;
  readonly open: boolean;
  readonly marks: ReadonlyMap<string, TextMarks> | undefined;
  readonly onFold: (open: boolean) => void;
}

/** Lines that are shown of a folded text. A system prompt is the same in every rollout, an answer is what one came for. */
const foldedLines = { system: 3, user: 24, assistant: 200, unknown: 12 } as const;

/** No text of so many lines is folded, however little of a longer one is shown. */
const wholeLines = 12;

export function TextBlockView({ block, open, marks, onFold }: TextBlockProps) {
  if (block.kind === 'reasoning') return <Reasoning parts={block.parts} open={open} marks={marks} onFold={onFold} />;
  if (block.parts.length === 0) return <p className={css.nothing}>empty message</p>;
  return <Folded parts={block.parts} open={open} marks={marks} onFold={onFold} maxLines={foldedLines[block.kind]} prefix="text" />;
}

interface FoldedProps {
  readonly parts: readonly Part[];
  readonly open: boolean;
  readonly marks: ReadonlyMap<string, TextMarks> | undefined;
  readonly onFold: (open: boolean) => void;
  readonly maxLines: number;
  readonly prefix: 'text' | 'output';
  readonly mono?: boolean;
}

/** Text that shows its beginning until it is asked for the rest. */
export function Folded({ parts, open, marks, onFold, maxLines, prefix, mono = false }: FoldedProps) {
  const preview = useMemo(() => {
    const whole = previewParts(parts, Math.max(wholeLines, maxLines));
    return whole.cut ? previewParts(parts, maxLines) : whole;
  }, [parts, maxLines]);
  const what = preview.lines > maxLines ? `${formatCount(preview.lines)} lines` : `${formatCount(preview.characters)} characters`;
  return (
    <>
      <div className={preview.cut && !open ? css.fade : undefined}>
        <Parts parts={open ? parts : preview.parts} marks={marks} prefix={prefix} mono={mono} />
      </div>
      {preview.cut && (
        <button type="button" className={css.more} aria-expanded={open} onClick={() => onFold(!open)}>
          {open ? 'Show less' : `Show all ${what}`}
        </button>
      )}
    </>
  );
}

function Reasoning({ parts, open, marks, onFold }: Omit<FoldedProps, 'maxLines' | 'prefix'>) {
  const first = firstLine(parts);
  const single = parts.length === 1 && parts[0] !== undefined && partText(parts[0]).trim() === first.text && first.text.length < 90;
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div className={css.reasoning}>
      {!single && (
        <button
          type="button"
          className={css.chevron}
          aria-expanded={open}
          aria-label={open ? 'Fold the reasoning' : 'Show the whole reasoning'}
          onClick={() => onFold(!open)}
        >
          <Chevron size={14} aria-hidden />
        </button>
      )}
      {open || single ? (
        <div className={css.thought}>
          <Parts parts={parts} marks={marks} prefix="text" />
        </div>
      ) : (
        <button type="button" className={css.firstLine} tabIndex={-1} onClick={() => onFold(true)}>
          <MarkedText text={first.text} marks={marks?.get('text-0')} from={first.start} />
        </button>
      )}
    </div>
  );
}

/** The first line that says something, and where it begins in the first part. */
function firstLine(parts: readonly Part[]): { text: string; start: number } {
  const text = parts[0] === undefined ? '' : partText(parts[0]);
  const start = text.length - text.trimStart().length;
  const end = text.indexOf('\n', start);
  return {
    text: text
      .slice(start, end < 0 ? undefined : end)
      .slice(0, 300)
      .trimEnd(),
    start,
  };
}
