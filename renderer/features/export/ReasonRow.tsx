import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useFirstRows } from '../../data/use-export.ts';
import { useRowAtLine } from '../../data/use-invalid-lines.ts';
import { formatCount } from '../../ui/format.ts';
import type { LeftOut } from './words.ts';
import css from './ReasonRow.module.css';

interface ReasonRowProps {
  readonly reason: LeftOut;
  /** Of the reasons it stands among. */
  readonly most: number;
  /** Open from the start. */
  readonly open?: boolean;
  readonly onRead: (row: number) => void;
}

/** Why rollouts are left out, how many there are, and, opened, the first of them. */
export function ReasonRow({ reason, most, open = false, onRead }: ReasonRowProps) {
  const [opened, setOpened] = useState(open);
  return (
    <details className={css.details} open={open} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary className={css.reason}>
        <i className={css.dot} data-by={reason.by} />
        <span className={css.title} title={reason.title}>
          {reason.title}
        </span>
        <span className={css.track} data-by={reason.by}>
          <span style={{ width: `${(100 * reason.count) / most}%` }} />
        </span>
        <span className={css.count}>{formatCount(reason.count)}</span>
        <IconChevronRight size={14} className={css.chevron} aria-hidden />
      </summary>
      {opened && <Examples reason={reason} onRead={onRead} />}
    </details>
  );
}

interface Place {
  readonly path: string;
  readonly line: number;
  readonly row?: number;
  readonly detail?: string | undefined;
}

function Examples({ reason: { count, examples, rows }, onRead }: Pick<ReasonRowProps, 'reason' | 'onRead'>) {
  const rowAtLine = useRowAtLine();
  const found = useFirstRows(rows ?? null);
  const open = async ({ path, line, row: known }: Place): Promise<void> => {
    const row = known ?? (await rowAtLine(path, line).catch(() => null));
    if (row !== null) onRead(row);
  };
  const shown: readonly Place[] | undefined = rows === undefined ? examples : found.value;
  if (shown === undefined) return <p className={css.note}>{found.error?.message ?? 'Looking for them'}</p>;
  return (
    <ul className={css.examples}>
      {shown.map((place) => (
        <li key={`${place.path}:${place.line}`}>
          <button type="button" className={css.link} onClick={() => void open(place)}>
            line {formatCount(place.line)} of {place.path}
            {place.detail !== undefined && `, ${place.detail}`}
          </button>
        </li>
      ))}
      {count > shown.length && <li>and {formatCount(count - shown.length)} more</li>}
    </ul>
  );
}
