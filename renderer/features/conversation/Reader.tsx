import { IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useReducer, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useFocus } from '../../data/focus-context.tsx';
import { useNeighbours, useRollout } from '../../data/use-rollout.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { useCopy } from '../../ui/CopyIcon.tsx';
import { formatCount } from '../../ui/format.ts';
import type { Evidence } from './find.ts';
import { InvalidLineView } from './InvalidLineView.tsx';
import { ReaderHeader } from './ReaderHeader.tsx';
import { readerIntent } from './reader-keys.ts';
import { initialReader, reduceReader } from './reader-state.ts';
import { RolloutTitle } from './RolloutTitle.tsx';
import { RolloutView, type RolloutViewHandle } from './RolloutView.tsx';
import { taskRollouts } from './siblings.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './Reader.module.css';

interface ReaderProps {
  readonly row: number;
  /** Over the whole width. */
  readonly full: boolean;
  /** Whether there is room for a list beside it. */
  readonly splits?: boolean;
  /** A hit of a search to show, when its row is the one that is read. */
  readonly evidence?: Evidence | null;
  /** The review marks of the row. */
  readonly marks?: ReactNode;
}

/** One row of the dataset as a person reads it, and the way from it to the next, its siblings and back. */
export function Reader({ row, full, splits = true, evidence = null, marks }: ReaderProps) {
  const { view, dispatch } = useSteadyView();
  const { metric, base } = useFocus();
  const name = metric?.name ?? view.metric;
  const { value: detail, error } = useRollout(row, name);
  const place = useNeighbours({ filter: [...base], sort: view.sort }, row);
  const [state, reduce] = useReducer(reduceReader, initialReader);
  const { copy, copied } = useCopy();
  const root = useRef<HTMLElement>(null);
  const body = useRef<RolloutViewHandle>(null);
  const siblings = useMemo(() => (detail?.kind === 'rollout' ? taskRollouts(detail, name) : []), [detail, name]);

  // Folds and the cursor belong to the rollout shown, which lags behind `row` while the next is on its way.
  const [shown, setShown] = useState(detail?.row);
  if (detail !== undefined && detail.row !== shown) {
    setShown(detail.row);
    reduce({ type: 'rollout' });
  }

  const loaded = detail !== undefined;
  useEffect(() => {
    if (loaded) (root.current?.querySelector<HTMLElement>('[data-reader-focus]') ?? root.current)?.focus({ preventScroll: true });
  }, [loaded]);

  const read = (next: number | null | undefined): void => {
    if (next !== null && next !== undefined) dispatch({ type: 'read', row: next });
  };
  const readSibling = (step: number): void => {
    const at = siblings.findIndex((sibling) => sibling.row === row);
    if (at >= 0) read(siblings[at + step]?.row);
  };

  const onFull = splits ? () => dispatch({ type: 'read.full', full: !full }) : undefined;

  const onKeyDown = (event: KeyboardEvent): void => {
    const intent = readerIntent(event);
    if (intent === null) return;
    event.preventDefault();
    event.stopPropagation();
    switch (intent) {
      case 'reader.next':
        return read(place?.next);
      case 'reader.previous':
        return read(place?.previous);
      case 'reader.siblingNext':
        return readSibling(1);
      case 'reader.siblingPrevious':
        return readSibling(-1);
      case 'reader.copyLink':
        return copy(window.location.href);
      case 'reader.full':
        return onFull?.();
      case 'reader.raw':
        return dispatch({ type: 'reader.tab', tab: view.readerTab === 'raw' ? 'conversation' : 'raw' });
      default:
        return body.current?.act(intent);
    }
  };

  useOffers(() => [
    { id: 'reader.close', title: 'Close the reader', key: 'back', icon: IconX, run: () => dispatch({ type: 'read.close' }) },
  ]);

  return (
    <section ref={root} className={css.reader} aria-label="Reader" data-keys="reader" tabIndex={-1} onKeyDown={onKeyDown}>
      <ReaderHeader
        marks={detail?.kind === 'rollout' ? marks : undefined}
        place={place}
        full={full}
        onRead={read}
        onFull={onFull}
        onClose={() => dispatch({ type: 'read.close' })}
      >
        {detail?.kind === 'rollout' && <RolloutTitle detail={detail} siblings={siblings} metric={name} onRead={read} />}
        {detail?.kind === 'invalid' && <h2 className={css.invalid}>Line {formatCount(detail.line)} is no rollout</h2>}
      </ReaderHeader>
      {error !== null && <p className={css.error}>{error.message}</p>}
      {error === null && detail?.kind === 'rollout' && (
        <RolloutView ref={body} detail={detail} metric={name} state={state} reduce={reduce} evidence={evidence} />
      )}
      {error === null && detail?.kind === 'invalid' && <InvalidLineView line={detail} />}
      <span className="rs-sr" aria-live="polite">
        {copied && 'Link copied'}
      </span>
    </section>
  );
}
