import { IconArrowRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { indentJson } from '../../ui/json-text.ts';
import { MarkedText, MessageText, type TextMarks } from '../../ui/MessageText.tsx';
import { isInline, type ArgumentPair } from './arguments.ts';
import { argumentPlace, outputPlace } from './places.ts';
import type { ToolBlock } from './blocks.ts';
import { partText, type Part } from './parts.ts';
import { Folded } from './TextBlockView.tsx';
import css from './blocks.module.css';

interface ToolBlockProps {
  readonly block: ToolBlock;
  readonly isOpen: (place: string) => boolean;
  readonly marks: ReadonlyMap<string, TextMarks> | undefined;
  readonly onFold: (place: string, open: boolean) => void;
}

/** Characters that fit one line beside each other. */
const lineCharacters = 88;
/** Lines shown of a folded output or argument. */
const boxLines = 12;

/** A call with its output: one line when both are short, else the output below. */
export function ToolBlockView({ block, isOpen, marks, onFold }: ToolBlockProps) {
  const { pairs, output } = block;
  const [nullsOpen, setNulls] = useState(false);
  const nulls = nullsOpen || (pairs?.some((pair, index) => pair.kind === 'null' && holdsCurrent(marks, index)) ?? false);
  const given = pairs?.filter((pair) => pair.kind !== 'null') ?? [];
  const nullCount = (pairs?.length ?? 0) - given.length;
  const short = given.filter(isInline);
  const long = given.filter((pair) => !isInline(pair));
  const answer = shortAnswer(output);
  const callLength = block.name.length + short.reduce((sum, pair) => sum + pair.name.length + pair.text.length + 3, 0);
  const oneLine = block.called && pairs !== null && long.length === 0 && answer !== null && callLength + answer.length <= lineCharacters;

  return (
    <div className={css.tool}>
      <div className={css.call}>
        <span className={css.callName}>
          {block.called ? (
            <MarkedText text={block.name} marks={marks?.get('call')} />
          ) : (
            `output without a call${block.name && ` (${block.name})`}`
          )}
        </span>
        {short.map((pair) => (
          <Argument key={pair.name} pair={pair} index={pairs?.indexOf(pair) ?? -1} marks={marks} />
        ))}
        {nullCount > 0 && (
          <button
            type="button"
            className={css.nulls}
            aria-expanded={nulls}
            title="Arguments that are null"
            onClick={() => setNulls(!nulls)}
          >
            +{nullCount}
          </button>
        )}
        {nulls && pairs?.map((pair, index) => pair.kind === 'null' && <Argument key={pair.name} pair={pair} index={index} marks={marks} />)}
        {oneLine && (
          <span className={css.answer}>
            <IconArrowRight size={14} aria-label="gave" />
            {answer === '' ? <i>empty</i> : <MarkedText text={answer} marks={marks?.get('output-0')} />}
          </span>
        )}
        {output === null && <span className={css.unanswered}>no output</span>}
      </div>
      {pairs === null && (
        <div className={css.box}>
          <span className={css.boxName}>arguments are not a JSON object</span>
          <MessageText text={block.raw} marks={marks?.get('raw')} />
        </div>
      )}
      {long.map((pair) => (
        <LongArgument
          key={pair.name}
          pair={pair}
          index={pairs?.indexOf(pair) ?? -1}
          block={block}
          isOpen={isOpen}
          marks={marks}
          onFold={onFold}
        />
      ))}
      {output !== null && !oneLine && <Output parts={output} place={outputPlace(block.id)} isOpen={isOpen} marks={marks} onFold={onFold} />}
    </div>
  );
}

function Argument({ pair, index, marks }: { pair: ArgumentPair; index: number; marks: ToolBlockProps['marks'] }) {
  return (
    <span className={css.argument}>
      <span className={css.argumentName}>
        <MarkedText text={pair.name} marks={marks?.get(`name-${index}`)} />
      </span>{' '}
      {pair.text === '' ? <i>empty</i> : <MarkedText text={pair.text} marks={marks?.get(`value-${index}`)} />}
    </span>
  );
}

/** An argument of several lines, or a long one: code, a file, nested JSON. */
function LongArgument({ pair, index, block, isOpen, marks, onFold }: ToolBlockProps & { pair: ArgumentPair; index: number }) {
  const marked = marks?.get(`value-${index}`);
  const place = argumentPlace(block.id, index);
  // Marks count in the text as written, so nested JSON is laid out only while there are none.
  const plain = pair.kind === 'text' || marked !== undefined;
  const parts = useMemo((): Part[] => [{ kind: 'text', text: plain ? pair.text : indentJson(pair.text) }], [pair, plain]);
  const marksOfText = useMemo(() => marked && new Map([['text-0', marked]]), [marked]);
  return (
    <div className={css.box}>
      <span className={css.boxName}>
        <MarkedText text={pair.name} marks={marks?.get(`name-${index}`)} />
      </span>
      <Folded
        parts={parts}
        open={isOpen(place)}
        marks={marksOfText}
        onFold={(open) => onFold(place, open)}
        maxLines={boxLines}
        prefix="text"
        mono
      />
    </div>
  );
}

interface OutputProps extends Omit<ToolBlockProps, 'block'> {
  readonly parts: readonly Part[];
  readonly place: string;
}

function Output({ parts, place, isOpen, marks, onFold }: OutputProps) {
  const silent = useMemo(() => parts.every((part) => part.kind !== 'image' && partText(part).trim() === ''), [parts]);
  return (
    <div className={css.output}>
      <IconArrowRight size={14} aria-label="gave" />
      <div className={css.outputBody}>
        {silent ? (
          <i>empty</i>
        ) : (
          <Folded
            parts={parts}
            open={isOpen(place)}
            marks={marks}
            onFold={(open) => onFold(place, open)}
            maxLines={boxLines}
            prefix="output"
            mono
          />
        )}
      </div>
    </div>
  );
}

/** The output where it is a short single line; null where it needs room of its own. */
function shortAnswer(output: readonly Part[] | null): string | null {
  if (output === null) return null;
  if (output.length === 0) return '';
  const [first] = output;
  if (output.length > 1 || first?.kind !== 'text' || first.text.trim().includes('\n')) return null;
  return first.text.trimEnd();
}

function holdsCurrent(marks: ToolBlockProps['marks'], index: number): boolean {
  return [`name-${index}`, `value-${index}`].some((segment) => (marks?.get(segment)?.current ?? -1) >= 0);
}
