import { ActionIcon, Tooltip } from '@mantine/core';
import { IconNote, IconStar, IconStarFilled, IconTag } from '@tabler/icons-react';
import { plural } from '../../ui/format.ts';
import { withKey } from '../../ui/key-press.ts';
import type { Review } from './use-review.ts';
import css from './ReviewStrip.module.css';

/** The marks of the rollout that is read, small: what it has, and how to change it. */
export function RowMarks({ review }: { review: Review }) {
  const { marks } = review;
  if (marks === undefined) return null;
  const { star, tags, note } = marks;
  return (
    <>
      <Tooltip label={withKey(star ? 'Take the star away' : 'Star', 'review.star')}>
        <ActionIcon aria-label="Star this rollout" aria-pressed={star} onClick={review.star}>
          {star ? <IconStarFilled size={16} className={css.star} /> : <IconStar size={16} />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={withKey(tags.length === 0 ? 'Tags' : tags.join(', '), 'review.tags')}>
        <ActionIcon
          variant={tags.length === 0 ? 'subtle' : 'light'}
          aria-label={tags.length === 0 ? 'Add a tag' : plural(tags.length, 'tag')}
          onClick={() => review.open('tags')}
        >
          <IconTag size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={withKey(note === '' ? 'Note' : note.slice(0, 120), 'review.note')}>
        <ActionIcon
          variant={note === '' ? 'subtle' : 'light'}
          aria-label={note === '' ? 'Write a note' : 'Read the note'}
          onClick={() => review.open('note')}
        >
          <IconNote size={16} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
