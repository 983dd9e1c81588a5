import type { TargetInfo } from '#shared/model/target.ts';
import { useSavedMappings } from '../../data/use-saved-mappings.ts';
import type { SavedMapping } from '../../data/use-settings.tsx';
import { changedValues } from '../../state/export-state.ts';
import { plural } from '../../ui/format.ts';
import { NamedMenu } from '../../ui/NamedMenu.tsx';
import type { ExportModel } from './use-export-model.ts';
import { targetName } from './words.ts';

/** Mappings with a name, for every run that is exported in the same way. */
export function MappingsMenu({ model: { state, dispatch, variant }, target }: { model: ExportModel; target: TargetInfo }) {
  const { mappings, save, remove, restore } = useSavedMappings(target.target);
  const options = target.options.filter(({ step }) => step === 'mapping');
  /** As a name keeps them: those that are not at their default. */
  const chosen = changedValues(state, options);
  const isChosen = (mapping: SavedMapping): boolean => {
    const keys = new Set([...Object.keys(chosen), ...Object.keys(mapping.options)]);
    return [...keys].every((key) => JSON.stringify(chosen[key]) === JSON.stringify(mapping.options[key]));
  };
  const recall = ({ options: saved }: SavedMapping): void => {
    const values = Object.fromEntries(options.map((option) => [option.key, saved[option.key] ?? option.default]));
    dispatch({ type: 'target', target: target.target, ...(variant && { column: variant.column }), options: values });
  };
  return (
    <NamedMenu
      noun="mapping"
      title="Mappings"
      isOffered
      about={`A mapping keeps the choices of this step for ${targetName(target)}, on any file.`}
      items={mappings}
      current={mappings.find(isChosen) ?? null}
      describe={describe}
      onRecall={recall}
      onSave={(name) => save(name, chosen)}
      onRemove={remove}
      onRestore={restore}
    />
  );
}

function describe({ options }: SavedMapping): string {
  const fields = Object.values(options).find((value) => typeof value === 'object');
  if (Object.keys(options).length === 0) return 'defaults';
  return fields === undefined ? plural(Object.keys(options).length, 'choice') : plural(Object.keys(fields).length, 'field');
}
