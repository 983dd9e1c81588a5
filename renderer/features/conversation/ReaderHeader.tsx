import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconArrowsMinimize, IconChevronDown, IconChevronUp, IconLink, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Place } from '../../data/use-rollout.ts';
import { CopyIcon } from '../../ui/CopyIcon.tsx';
import { formatCount } from '../../ui/format.ts';
import { withKey } from '../../ui/key-press.ts';
import css from './ReaderHeader.module.css';

interface ReaderHeaderProps {
  readonly children: ReactNode;
  readonly marks?: ReactNode;
  readonly place: Place | undefined;
  readonly full: boolean;
  readonly onRead: (row: number) => void;
  /** Undefined where there is no room for a list beside the reader. */
  readonly onFull: (() => void) | undefined;
  readonly onClose: () => void;
}

/** What is read, at the left; where to go from here, at the right. */
export function ReaderHeader({ children, marks, place, full, onRead, onFull, onClose }: ReaderHeaderProps) {
  const { previous = null, next = null } = place ?? {};
  return (
    <header className={css.header}>
      <div className={css.what}>{children}</div>
      {place !== undefined && (
        <span className={css.place}>
          {place.position === null ? 'not in this filter' : `${formatCount(place.position + 1)} of ${formatCount(place.total)}`}
        </span>
      )}
      <div className={css.actions}>
        {marks}
        <CopyIcon label="Copy link" text={() => Promise.resolve(window.location.href)} icon={<IconLink size={16} />} />
        <Tooltip label={withKey('Previous', 'reader.previous')}>
          <ActionIcon
            variant="subtle"
            aria-label="Previous rollout"
            disabled={previous === null}
            onClick={() => previous !== null && onRead(previous)}
          >
            <IconChevronUp size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={withKey('Next', 'reader.next')}>
          <ActionIcon variant="subtle" aria-label="Next rollout" disabled={next === null} onClick={() => next !== null && onRead(next)}>
            <IconChevronDown size={16} />
          </ActionIcon>
        </Tooltip>
        {onFull !== undefined && (
          <Tooltip label={withKey(full ? 'Beside the list' : 'Full width', 'reader.full')}>
            <ActionIcon variant="subtle" aria-label={full ? 'Beside the list' : 'Full width'} onClick={onFull}>
              {full ? <IconArrowsMinimize size={16} /> : <IconArrowsMaximize size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={withKey('Close', 'back')}>
          <ActionIcon variant="subtle" aria-label="Close the reader" onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}
