import type { OptionValue } from '#shared/model/recipe.ts';
import { putMapping, useSettings, type SavedMapping } from './use-settings.tsx';

export type MappingOptions = Readonly<Record<string, OptionValue>>;

export interface SavedMappings {
  /** Of this target, the newest first. */
  readonly mappings: readonly SavedMapping[];
  /** Takes the place of one of the same name. */
  readonly save: (name: string, options: MappingOptions) => void;
  readonly remove: (mapping: SavedMapping) => void;
  readonly restore: (mapping: SavedMapping) => void;
}

/** The mappings for a target that were given a name: of whatever files, as other runs are exported in the same way. */
export function useSavedMappings(target: string): SavedMappings {
  const { settings, change } = useSettings();
  const put = (mapping: SavedMapping): void => change({ mappings: putMapping(settings.mappings, mapping) });
  return {
    mappings: settings.mappings.filter((each) => each.target === target),
    save: (name, options) => put({ name: name.trim().slice(0, 80), target, options: { ...options } }),
    remove: (gone) => change({ mappings: settings.mappings.filter((each) => each.name !== gone.name || each.target !== gone.target) }),
    restore: put,
  };
}
