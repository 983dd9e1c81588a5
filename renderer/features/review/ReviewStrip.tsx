import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconStar, IconStarFilled, IconTagOff, IconX } from '@tabler/icons-react';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { formatCount } from '../../ui/format.ts';
import { KeyCap } from '../../ui/Key.tsx';
import { isKey, withKey } from '../../ui/key-press.ts';
import { MarksMenu } from './MarksMenu.tsx';
import { NoteField } from './NoteField.tsx';
import { stepWords } from './step-words.ts';
import { TagField } from './TagField.tsx';
import type { Review } from './use-review.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './ReviewStrip.module.css';

interface ReviewStripProps {
  readonly review: Review;
  /** Gives the keys back to what is read. */
  readonly onLeave: () => void;
}

/** The marks of the selected rollout, under what one reads: star, tags, note, and the next one that has none. */
export function ReviewStrip({ review, onLeave }: ReviewStripProps) {
  const { row, marks, opened, step, error } = review;
  const [said, setSaid] = useState<string | null>(null);
  // What was said of a file of marks stands until the review goes on.
  useEffect(() => setSaid(null), [step, row]);
  useOffers(() => [
    ...(review.undo === null
      ? []
      : [{ id: 'review.undo', title: 'Take the last review mark back', icon: IconArrowBackUp, run: review.undo }]),
    ...(opened === null ? [] : [{ id: 'review.close', title: 'Close the review', icon: IconX, run: close }]),
    ...(marks?.tags ?? []).map((tag) => ({
      id: `review.untag.${tag}`,
      title: `Remove the tag ${tag}`,
      icon: IconTagOff,
      run: () => review.set({ tags: (marks?.tags ?? []).filter((other) => other !== tag) }),
    })),
  ]);
  if (opened === null) return null;
  function close(): void {
    review.close();
    onLeave();
  }
  const key = (event: KeyboardEvent): void => {
    if (!isKey('back', event)) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };

  return (
    <section className={css.strip} aria-label="Review" onKeyDown={key}>
      {marks === undefined || row === null ? (
        <p className={css.none}>{row === null ? 'Choose a rollout to mark it.' : (error?.message ?? '')}</p>
      ) : (
        <>
          <Tooltip label={withKey(marks.star ? 'Take the star away' : 'Star', 'review.star')}>
            <ActionIcon aria-label="Star" aria-pressed={marks.star} onClick={review.star}>
              {marks.star ? <IconStarFilled size={16} className={css.star} /> : <IconStar size={16} />}
            </ActionIcon>
          </Tooltip>
          <TagField
            key={`tags ${row}`}
            tags={marks.tags}
            wanted={opened.field === 'tags'}
            onFocused={review.focused}
            onTags={(tags) => review.set({ tags })}
          />
          <NoteField
            key={`note ${row}`}
            note={marks.note}
            wanted={opened.field === 'note'}
            onFocused={review.focused}
            onNote={(note) => review.set({ note })}
            onDone={onLeave}
          />
          {review.undo !== null && (
            <Tooltip label="Take the last mark back">
              <ActionIcon aria-label="Take the last mark back" onClick={review.undo}>
                <IconArrowBackUp size={16} />
              </ActionIcon>
            </Tooltip>
          )}
          {marks.carriedOver && <span className={css.note}>carried over from an earlier line</span>}
        </>
      )}
      {error !== null && marks !== undefined && (
        <span role="alert" className={css.error}>
          {error.message}
        </span>
      )}
      <span className={css.push} />
      <span className={css.note} role="status">
        {said ?? (step !== null && stepWords(step))}
      </span>
      <Button variant="default" size="xs" rightSection={<KeyCap id="review.next" />} onClick={() => review.next(false)}>
        Next undecided
      </Button>
      <Tooltip label={withKey('Where fewest are decided, by bands of the metric', 'review.nextOfBand')}>
        <Button variant="default" size="xs" onClick={() => review.next(true)}>
          By reward band
        </Button>
      </Tooltip>
      <MarksMenu onSay={setSaid} />
      <ActionIcon aria-label="Close the review" onClick={close}>
        <IconX size={16} />
      </ActionIcon>
      <span className="rs-sr" aria-live="polite">
        {marks?.star === true ? 'Starred' : ''}
        {step !== null && ` ${formatCount(step.undecided)} undecided`}
      </span>
    </section>
  );
}
