import { Popover } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { conditionWords } from '../../state/words.ts';
import { formatCount, formatExact } from '../../ui/format.ts';
import { conditionProblem } from '../../state/check-condition.ts';
import { ChipEditor } from './ChipEditor.tsx';
import { keyIn } from '../../ui/key-press.ts';
import css from './Chip.module.css';

interface ChipProps {
  readonly condition: string;
  /** Rollouts that would come back without it; undefined while that is not known. */
  readonly back: number | undefined;
  readonly onChange: (condition: string) => void;
  readonly onRemove: () => void;
  /** Goes to the chip so many places to the right, or past the last one to the line. */
  readonly onStep: (by: number) => void;
}

/** One condition. Enter or a click opens it in its place, Delete removes it; one that the dataset cannot answer says why. */
export function Chip({ condition, back, onChange, onRemove, onStep }: ChipProps) {
  const { columns, state } = useDataset();
  const [open, setOpen] = useState(false);
  const problem = useMemo(() => conditionProblem(condition, columns, state), [condition, columns, state]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const key = keyIn('chips', event);
    if (key === 'chips.previous') onStep(-1);
    else if (key === 'chips.next') onStep(1);
    else if (key === 'chips.remove') onRemove();
    // Opened by being pressed, as any button.
    else return;
    event.preventDefault();
  };

  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <span className={css.chip} data-problem={problem !== null || undefined} data-open={open || undefined} data-testid="chip">
        <Popover.Target>
          <button
            type="button"
            className={css.words}
            title={problem?.message ?? condition}
            data-chip
            onClick={() => setOpen(!open)}
            onKeyDown={onKeyDown}
          >
            <ConditionText condition={condition} />
          </button>
        </Popover.Target>
        {back !== undefined && back > 0 && (
          <span className={css.back} title={`${formatCount(back)} rollouts would come back without it`} data-testid="chip-back">
            +{formatCount(back)}
          </span>
        )}
        <button type="button" className={css.remove} aria-label={`Remove ${condition}`} onClick={onRemove}>
          <IconX size={12} />
        </button>
      </span>
      <Popover.Dropdown p={0}>
        <ChipEditor
          condition={condition}
          onChange={onChange}
          onRemove={() => {
            setOpen(false);
            onRemove();
          }}
          onClose={() => setOpen(false)}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** A threshold that is being tried: dashed, because it fades rows instead of taking them out. */
export function DraftChip({ condition, onDiscard }: { condition: string; onDiscard: () => void }) {
  return (
    <span className={css.chip} data-draft data-testid="draft-chip">
      <span className={css.words} title={condition}>
        <ConditionText condition={condition} /> <span className={css.tag}>draft</span>
      </span>
      <button type="button" className={css.remove} aria-label={`Discard the draft ${condition}`} onClick={onDiscard}>
        <IconX size={12} />
      </button>
    </span>
  );
}

function ConditionText({ condition }: { condition: string }) {
  const words = conditionWords(condition, formatExact);
  if (words === null) return <code>{condition}</code>;
  return (
    <>
      {words.subject} <span className={css.relation}>{words.relation}</span> <b>{words.value}</b>
    </>
  );
}
