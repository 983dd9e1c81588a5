import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import { IconBook, IconChevronDown, IconChevronUp, IconSwitchHorizontal } from '@tabler/icons-react';
import type { ExportExample, ExportProgress } from '#shared/model/export.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { usePreview, useTrained } from '../../data/use-export.ts';
import { chatGrants } from '../../state/export-state.ts';
import { CopyIcon } from '../../ui/CopyIcon.tsx';
import { formatCount } from '../../ui/format.ts';
import { JsonLines } from '../../ui/JsonLines.tsx';
import { withKey } from '../../ui/key-press.ts';
import { useLasting } from '../../ui/use-lasting.ts';
import { countingWords } from './Funnel.tsx';
import { NothingLeft } from './NothingLeft.tsx';
import { LossLegend } from './LossLegend.tsx';
import { TrainedPane } from './TrainedPane.tsx';
import type { ExportModel } from './use-export-model.ts';
import { useOffers } from '../../ui/offers.tsx';
import type { Command } from '../../ui/command.ts';
import { unitOf } from './words.ts';
import css from './ExamplePane.module.css';

/** One example as it will be written or as it is trained on, and the way to the next one and to its rollout. */
export function ExamplePane({ model, onRead }: { model: ExportModel; onRead: (row: number) => void }) {
  const { state, dispatch, recipe, plan } = model;
  const { shown } = state;
  const files = useDataset().state.files.length;
  const isSplit = (plan.value?.splits.length ?? 0) > 1;
  const isPair = unitOf(model.variant?.column) === 'pair';
  const question = { index: state.example, files: chatGrants(state), held: plan.stopped };
  const preview = usePreview({ ...question, recipe });
  const trained = useTrained({ ...question, recipe: shown === 'trained' ? recipe : null });
  // What no trainer is known for is seen as it is written.
  const isRead = shown === 'trained' && trained.value?.loss !== 'unknown';
  const { value: example, error } = preview;
  // While the export is counted its foot says how far that is.
  const looksFor = useLasting((preview.loading || trained.loading) && !plan.loading, 1000);
  const go = (index: number): void => dispatch({ type: 'example', example: index });
  useOffers(() => [
    {
      id: 'example.shown',
      title: shown === 'trained' ? 'Show the example as written' : 'Show the example as trained on',
      icon: IconSwitchHorizontal,
      run: () => dispatch({ type: 'shown', shown: shown === 'trained' ? 'written' : 'trained' }),
    },
    ...exampleOffers(example ?? undefined, go, onRead),
  ]);
  // What is wrong with a choice is said beside it, and at the foot.
  if (error !== null)
    return <p className={css.none}>{plan.error === null ? error.message : 'No example can be made with these choices.'}</p>;
  if (plan.stopped && example === undefined) return <p className={css.none}>Counting was stopped: no example has been found.</p>;
  if (example === undefined) {
    return (
      <div className={css.pane} aria-busy>
        {looksFor && <Looking progress={preview.progress} onStop={plan.stop} />}
      </div>
    );
  }
  if (example === null) return <NothingLeft model={model} />;
  return (
    <section className={css.pane} aria-label="Example" aria-busy={preview.loading}>
      <header className={css.head}>
        <SegmentedControl
          aria-label="Show the example"
          data={views}
          value={shown}
          onChange={(next) => dispatch({ type: 'shown', shown: next === 'written' ? 'written' : 'trained' })}
        />
        <span className={css.what} title={`line ${formatCount(example.line)} of ${example.file}`}>
          <b>
            example {formatCount(example.index + 1)} of {formatCount(example.total)}
          </b>
          {`${isSplit ? ` · ${example.split}` : ''} · line ${formatCount(example.line)}${files > 1 ? ` of ${example.file}` : ''}`}
        </span>
        {shown === 'trained' && trained.error === null && trained.value && <LossLegend example={trained.value} />}
        <span className={css.ways}>
          <Button size="xs" variant="default" onClick={() => onRead(example.row)}>
            {isPair ? 'Read chosen' : 'Read the rollout'}
          </Button>
          {example.others[0] !== undefined && <ReadOther row={example.others[0]} isPair={isPair} onRead={onRead} />}
          <CopyIcon label="Copy the example" text={example.json} />
          <Tooltip label={withKey('Previous example', 'export.examplePrevious')}>
            <ActionIcon aria-label="Previous example" disabled={example.index === 0} onClick={() => go(example.index - 1)}>
              <IconChevronUp size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={withKey('Next example', 'export.exampleNext')}>
            <ActionIcon aria-label="Next example" disabled={example.index + 1 >= example.total} onClick={() => go(example.index + 1)}>
              <IconChevronDown size={16} />
            </ActionIcon>
          </Tooltip>
        </span>
      </header>
      {looksFor && <Looking progress={preview.progress ?? trained.progress} onStop={plan.stop} />}
      {!isRead && <JsonLines key={`written ${example.index}`} text={example.json} label="Example as written" />}
      {shown === 'trained' && <TrainedPane key={`trained ${example.index}`} model={model} answer={trained} />}
    </section>
  );
}

/** The export may have to be counted for one example: another window counted another one meanwhile. */
function Looking({ progress, onStop }: { progress: ExportProgress | null; onStop: () => void }) {
  return (
    <p className={css.looking} role="status">
      {progress === null ? 'Making the example' : countingWords(progress)}
      <Button size="xs" variant="default" onClick={onStop}>
        Cancel
      </Button>
    </p>
  );
}

const views = [
  { value: 'trained', label: 'As trained on' },
  { value: 'written', label: 'As written' },
];

/** The second rollout of an example: the rejected one of a pair, or another of the task. */
function ReadOther({ row, isPair, onRead }: { row: number; isPair: boolean; onRead: (row: number) => void }) {
  return (
    <Button size="xs" variant="default" onClick={() => onRead(row)}>
      {isPair ? 'Read rejected' : 'Read the other'}
    </Button>
  );
}

function exampleOffers(example: ExportExample | undefined, go: (index: number) => void, onRead: (row: number) => void): Command[] {
  if (example === undefined) return [];
  const { index, total, row, others } = example;
  const [other] = others;
  return [
    { id: 'example.read', title: 'Read the rollout of this example', icon: IconBook, run: () => onRead(row) },
    ...(other === undefined
      ? []
      : [{ id: 'example.other', title: 'Read the other rollout of this example', icon: IconBook, run: () => onRead(other) }]),
    ...(index + 1 < total
      ? [{ id: 'example.next', title: 'Next example', key: 'export.exampleNext' as const, run: () => go(index + 1) }]
      : []),
    ...(index > 0
      ? [{ id: 'example.previous', title: 'Previous example', key: 'export.examplePrevious' as const, run: () => go(index - 1) }]
      : []),
  ];
}
