import { ExamplePane } from './ExamplePane.tsx';
import { OptionsStep } from './OptionsStep.tsx';
import type { ExportModel } from './use-export-model.ts';
import css from './MappingStep.module.css';

/** How a rollout becomes an example, and beside it what becomes of one. */
export function MappingStep({ model, onRead }: { model: ExportModel; onRead: (row: number) => void }) {
  return (
    <div className={css.columns}>
      <OptionsStep model={model} step="mapping" />
      <ExamplePane model={model} onRead={onRead} />
    </div>
  );
}
