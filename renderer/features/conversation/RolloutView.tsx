import { IconBook } from '@tabler/icons-react';
import { useEffect, useImperativeHandle, useMemo, useRef, type Dispatch, type Ref } from 'react';
import type { RolloutDetail } from '#shared/model/rollout.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import type { ReaderTab } from '../../state/view-state.ts';
import type { Block } from './blocks.ts';
import { FieldsTab } from './FieldsTab.tsx';
import { findHits, hitOfSnippet, indexMarks, type Evidence } from './find.ts';
import { FindBox } from './FindBox.tsx';
import { FindingsTab } from './FindingsTab.tsx';
import { KindButtons, kindNames } from './KindButtons.tsx';
import { Outline } from './Outline.tsx';
import { RawTab } from './RawTab.tsx';
import type { ReaderIntent } from './reader-keys.ts';
import { hideableKinds, isOpen, stepCursor, visibleBlocks, type ReaderAction, type ReaderState } from './reader-state.ts';
import { ReaderTabs, type Tab } from './ReaderTabs.tsx';
import { ScoreLine } from './ScoreLine.tsx';
import { headerScores } from './scores.ts';
import { Transcript } from './Transcript.tsx';
import { useBlocks } from './use-blocks.ts';
import { roles } from './roles.tsx';
import { useOffers } from '../../ui/offers.tsx';
import css from './RolloutView.module.css';

/** How the reader passes on the keys that concern the conversation. */
export interface RolloutViewHandle {
  act(intent: ReaderIntent): void;
}

interface RolloutViewProps {
  readonly detail: Extract<RolloutDetail, { kind: 'rollout' }>;
  readonly metric: string;
  readonly state: ReaderState;
  readonly reduce: Dispatch<ReaderAction>;
  readonly evidence: Evidence | null;
  readonly ref: Ref<RolloutViewHandle>;
}

/** Scores, tabs and the conversation of one rollout. */
export function RolloutView({ detail, metric, state, reduce, evidence, ref }: RolloutViewProps) {
  const { view, dispatch } = useSteadyView();
  const { readerTab } = view;
  const show = (tab: ReaderTab): void => dispatch({ type: 'reader.tab', tab });
  const find = useRef<HTMLInputElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const { blocks: all, isWhole } = useBlocks(detail);
  const blocks = useMemo(() => visibleBlocks(all, state.hidden), [all, state.hidden]);
  const hits = useMemo(() => findHits(blocks, state.search), [blocks, state.search]);
  const hit = Math.min(state.hit, Math.max(0, hits.length - 1));
  const marks = useMemo(() => indexMarks(hits, hit), [hits, hit]);
  const scores = useMemo(() => headerScores(detail, metric), [detail, metric]);
  const tabs: readonly Tab<ReaderTab>[] = [
    { id: 'conversation', title: 'Conversation' },
    { id: 'metrics', title: 'Metrics' },
    { id: 'problems', title: 'Problems', count: detail.problems.length },
    { id: 'raw', title: 'Raw JSON' },
  ];

  const moveTo = (id: string | null): void => {
    const block = blocks.find((candidate) => candidate.id === id);
    if (block === undefined) return;
    reduce({ type: 'cursor', block: block.id });
    dispatch({ type: 'message', message: block.message });
  };
  const stepHit = (by: number): void => {
    const next = (hit + by + hits.length) % hits.length;
    const target = hits[next];
    if (target === undefined) return;
    reduce({ type: 'hit', hit: next });
    moveTo(target.block);
  };

  useEvidence(isWhole ? evidence : null, detail.row, blocks, (text, found, block) => {
    show('conversation');
    reduce({ type: 'search', text });
    reduce({ type: 'hit', hit: found });
    moveTo(block);
  });

  // A link, or Back, names a message: go there unless that is where we are.
  const { message } = view;
  useEffect(() => {
    if (message === null || message === blocks.find((block) => block.id === state.cursor)?.message) return;
    const block = blocks.find((candidate) => candidate.message === message);
    if (block !== undefined) reduce({ type: 'cursor', block: block.id });
  }, [message, blocks, state.cursor, reduce]);

  const act = (intent: ReaderIntent): void => {
    const current = blocks.find((block) => block.id === state.cursor);
    if (intent !== 'reader.find' && readerTab !== 'conversation') return;
    switch (intent) {
      case 'reader.messageNext':
        return moveTo(stepCursor(blocks, state.cursor, 1));
      case 'reader.messagePrevious':
        return moveTo(stepCursor(blocks, state.cursor, -1));
      case 'reader.messageFirst':
        return moveTo(blocks[0]?.id ?? null);
      case 'reader.messageLast':
        return moveTo(blocks.at(-1)?.id ?? null);
      case 'reader.foldAll':
        return reduce({ type: 'fold.all' });
      case 'reader.fold': {
        if (current === undefined) return;
        const place = current.kind === 'tool' ? `${current.id}:output` : current.id;
        return reduce({ type: 'fold', place, open: !isOpen(state, current.kind, place) });
      }
      case 'reader.hide': {
        const kind = hideableKinds.find((candidate) => candidate === current?.kind);
        if (kind === undefined) root.current?.querySelector<HTMLElement>('[aria-pressed]')?.focus();
        else {
          reduce({ type: 'hide', kind });
          const left = visibleBlocks(blocks.slice(blocks.findIndex((block) => block.id === state.cursor)), [kind]);
          reduce({ type: 'cursor', block: left[0]?.id ?? null });
        }
        return;
      }
      case 'reader.find':
        show('conversation');
        requestAnimationFrame(() => {
          find.current?.focus();
          find.current?.select();
        });
        return;
      default:
        return;
    }
  };
  useImperativeHandle(ref, () => ({ act }));
  useOffers(() => [
    ...tabs
      .filter(({ id }) => id !== readerTab)
      .map(({ id, title }) => ({
        id: `reader.tab.${id}`,
        title: `Reader: ${title}`,
        words: 'tab',
        icon: IconBook,
        run: () => show(id),
      })),
    ...hideableKinds
      .filter((kind) => all.some((block) => block.kind === kind))
      .map((kind) => ({
        id: `reader.kind.${kind}`,
        title: `${state.hidden.includes(kind) ? 'Show' : 'Hide'} ${kindNames[kind].toLowerCase()} in the conversation`,
        icon: roles[kind].icon,
        run: () => reduce({ type: 'hide', kind }),
      })),
  ]);

  return (
    <div ref={root} className={css.view}>
      {scores.length > 0 && <ScoreLine scores={scores} onMore={() => show('metrics')} />}
      <ReaderTabs tabs={tabs} active={readerTab} onTab={show}>
        {readerTab === 'conversation' && (
          <>
            <KindButtons blocks={all} hidden={state.hidden} onToggle={(kind) => reduce({ type: 'hide', kind })} />
            <FindBox
              input={find}
              text={state.search}
              hits={hits.length}
              hit={hit}
              onText={(text) => reduce({ type: 'search', text })}
              onStep={stepHit}
              onLeave={() => root.current?.querySelector<HTMLElement>('[data-reader-focus]')?.focus()}
            />
          </>
        )}
      </ReaderTabs>
      {readerTab === 'conversation' && (
        <div className={css.columns}>
          {blocks.length === 0 ? (
            <p className={css.empty}>{nothingToRead(all.length, detail.problems.length)}</p>
          ) : (
            <Transcript
              row={detail.row}
              blocks={blocks}
              state={state}
              marks={marks}
              currentHit={hits[hit]}
              onFold={(place, open) => reduce({ type: 'fold', place, open })}
              onCursor={moveTo}
            />
          )}
          {all.length > 0 && <Outline blocks={blocks} cursor={state.cursor} onCursor={moveTo} sampling={sampling(detail)} />}
        </div>
      )}
      {readerTab === 'metrics' && <FieldsTab detail={detail} />}
      {readerTab === 'problems' && <FindingsTab findings={detail.problems} />}
      {readerTab === 'raw' && <RawTab key={detail.row} row={detail.row} bytes={detail.bytes} />}
    </div>
  );
}

/** Shows each hit of a search once, when its row is there. */
function useEvidence(
  evidence: Evidence | null,
  row: number,
  blocks: readonly Block[],
  show: (text: string, hit: number, block: string) => void,
): void {
  const shown = useRef<Evidence | null>(null);
  useEffect(() => {
    if (evidence === null || evidence === shown.current || evidence.row !== row) return;
    shown.current = evidence;
    const { text, start, end } = evidence.snippet;
    const wanted = text.slice(start, end);
    const hits = findHits(blocks, wanted);
    const found = hitOfSnippet(blocks, hits, evidence.snippet);
    const hit = hits[found];
    if (hit !== undefined) show(wanted, found, hit.block);
  }, [evidence, row, blocks, show]);
}

function nothingToRead(steps: number, problems: number): string {
  if (steps > 0) return 'Every step is hidden. The buttons above bring them back.';
  return problems === 0 ? 'This rollout has no messages.' : 'This rollout has no messages. The Problems tab says why.';
}

function sampling(detail: RolloutViewProps['detail']) {
  const given = Object.entries(detail.request).flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
  const offered = detail.tools.length === 0 ? [] : [{ name: 'tools', value: `${detail.tools.length} offered` }];
  return [...given, ...offered];
}
