import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconListNumbers, IconX } from '@tabler/icons-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { exportSteps, type ExportStep, type ExportRows } from '../../state/export-choices.ts';
import { formatCount, plural } from '../../ui/format.ts';
import { KeyCap } from '../../ui/Key.tsx';
import { Steps, type Step } from '../../ui/Steps.tsx';
import { Funnel } from './Funnel.tsx';
import { MappingStep } from './MappingStep.tsx';
import { OptionsStep } from './OptionsStep.tsx';
import { PreviewStep } from './PreviewStep.tsx';
import { RecipeButton } from './RecipeButton.tsx';
import { RecipeNotice } from './RecipeNotice.tsx';
import { RowsStep } from './RowsStep.tsx';
import { RunStep } from './RunStep.tsx';
import { TargetStep } from './TargetStep.tsx';
import { UnfitNotice } from './UnfitNotice.tsx';
import { useExportModel, type ExportModel } from './use-export-model.ts';
import { useRecipeFile } from './use-recipe-file.ts';
import { optionsCaption } from './words.ts';
import { isKey, keyIn, withKey } from '../../ui/key-press.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './ExportLens.module.css';

interface ExportLensProps {
  readonly onRead: (row: number) => void;
  readonly onClose: () => void;
}

/** From rows to files in six steps, each open at any time, with the counts of all of them in sight. */
export function ExportLens({ onRead, onClose }: ExportLensProps) {
  const model = useExportModel();
  const { state, dispatch, error } = model;
  const recipeFile = useRecipeFile(model);
  const root = useRef<HTMLElement>(null);
  const { step } = state;
  const empty = isEmpty(model);
  const showsExample = step === 'mapping' || step === 'preview';
  // What stood in the last step is gone: the keys are on the step itself, where they can be seen.
  useEffect(() => {
    const holder = document.activeElement;
    if (holder !== null && holder !== document.body && root.current?.contains(holder) === true && holder.closest('ol') === null) return;
    root.current?.querySelector<HTMLElement>('[aria-current=step]')?.focus({ preventScroll: true });
  }, [step]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const typing = event.target instanceof Element && event.target.matches('input:not([type=radio], [type=checkbox]), textarea, select');
    const key = keyIn('export', event);
    if (key === 'export.next') {
      if (state.step === 'preview' && empty) return;
      if (state.step !== 'run') dispatch({ type: 'step.by', by: 1 });
      else root.current?.querySelector<HTMLElement>('[data-export-start]')?.click();
    } else if (isKey('back', event) && !typing) onClose();
    else if (showsExample && !typing && key === 'export.mask') {
      dispatch({ type: 'shown', shown: state.shown === 'trained' ? 'written' : 'trained' });
    } else if (showsExample && !typing && key !== null) {
      dispatch({ type: 'example', example: state.example + (key === 'export.exampleNext' ? 1 : -1) });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  useOffers(() => [
    ...exportSteps
      .filter((step) => step !== state.step)
      .map((step) => ({
        id: `export.step.${step}`,
        title: `Export: ${titles[step].toLowerCase()}`,
        words: 'step',
        icon: IconListNumbers,
        run: () => dispatch({ type: 'step', step }),
      })),
    { id: 'export.leave', title: 'Leave the export', key: 'back', icon: IconX, run: onClose },
  ]);

  return (
    <section ref={root} className={css.lens} aria-label="Export" tabIndex={-1} onKeyDown={onKeyDown}>
      <header className={css.head}>
        <Steps steps={stepsOf(model)} active={state.step} onStep={(step) => dispatch({ type: 'step', step })} />
        <div className={css.ways}>
          <RecipeButton label="From a recipe" quiet onFile={recipeFile.take} />
          <Tooltip label={withKey('Back to the rollouts', 'back')}>
            <ActionIcon aria-label="Leave the export" onClick={onClose}>
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
      </header>
      <RecipeNotice model={model} file={recipeFile} />
      <UnfitNotice model={model} />
      <div className={css.body}>
        {error !== null ? <p className={css.error}>{error.message}</p> : <StepBody step={state.step} model={model} onRead={onRead} />}
      </div>
      <footer className={css.foot}>
        <Funnel model={model} />
        <div className={css.go}>
          {state.step === 'preview' && empty && (
            <span id="export-why" className={css.why}>
              No example is left
            </span>
          )}
          <Button variant="default" disabled={state.step === 'rows'} onClick={() => dispatch({ type: 'step.by', by: -1 })}>
            Back
          </Button>
          {state.step !== 'run' && (
            <Button
              disabled={state.step === 'preview' && empty}
              aria-describedby={state.step === 'preview' && empty ? 'export-why' : undefined}
              rightSection={<KeyCap id="export.next" onAccent />}
              onClick={() => dispatch({ type: 'step.by', by: 1 })}
            >
              {titles[exportSteps[exportSteps.indexOf(state.step) + 1] ?? 'run']}
            </Button>
          )}
        </div>
      </footer>
    </section>
  );
}

/** Nothing would be written, as far as it is counted. */
function isEmpty({ plan }: ExportModel): boolean {
  return plan.current?.rowsWritten === 0;
}

const titles: Readonly<Record<ExportStep, string>> = {
  rows: 'Rows',
  target: 'Target',
  mapping: 'Mapping',
  sampling: 'Sampling',
  preview: 'Preview',
  run: 'Run',
};

function StepBody({ step, model, onRead }: { step: ExportStep; model: ExportModel; onRead: (row: number) => void }) {
  switch (step) {
    case 'rows':
      return <RowsStep model={model} />;
    case 'target':
      return <TargetStep model={model} onRead={onRead} />;
    case 'mapping':
      return <MappingStep model={model} onRead={onRead} />;
    case 'sampling':
      return <OptionsStep model={model} step={step} />;
    case 'preview':
      return <PreviewStep model={model} onRead={onRead} />;
    case 'run':
      return <RunStep model={model} />;
  }
}

const rowsWords: Readonly<Record<ExportRows, string>> = { filter: 'in the filter', starred: 'starred', all: 'in the file' };

function stepsOf(model: ExportModel): Step<ExportStep>[] {
  const { state, target, plan } = model;
  const selected = plan.value === undefined ? '' : `${formatCount(plan.value.rowsSelected)} `;
  const captions: Readonly<Record<ExportStep, string>> = {
    rows: `${selected}${rowsWords[state.rows]}`,
    target: target === undefined ? '' : `${target.framework.title}, ${target.method.title}`,
    mapping: optionsCaption(state, target, 'mapping'),
    sampling: optionsCaption(state, target, 'sampling'),
    preview: plan.value === undefined ? '' : plural(plan.value.rowsWritten, 'example'),
    run: runCaption(model),
  };
  return exportSteps.map((id) => ({ id, title: titles[id], caption: captions[id] }));
}

function runCaption({ state: { run } }: ExportModel): string {
  switch (run.phase) {
    case 'idle':
      return '';
    case 'running':
      return 'writing';
    case 'failed':
      return 'not written';
    case 'done':
      return `${formatCount(run.manifest.rowsWritten)} written`;
  }
}
