import type { AppError } from '#shared/errors.ts';
import type { TargetOption } from '#shared/model/target.ts';
import { optionValue, type ExportState } from './export-state.ts';
import { capital } from './words.ts';

/** What is wrong with an option, as a sentence; of a mapping where one field is wrong, with the name of that. */
export interface OptionFault {
  readonly words: string;
  readonly field?: string;
}

/** What a plan says is wrong with an option, without the option's name; null where it is about something else. */
export function optionFault(state: ExportState, error: AppError | null, option: TargetOption): OptionFault | null {
  if (error?.code !== 'bad-input') return null;
  // Of one of several: pairs.2.chosen.
  const [all = '', which, part] = new RegExp(String.raw`^${option.key}(?:\.(\d+)\.(\w+))?: `).exec(error.message) ?? [];
  if (all === '') return null;
  const said = error.message.slice(all.length);
  if (which !== undefined) return { words: `The ${part} rollout of pair ${Number(which) + 1}: ${said}` };
  const value = optionValue(state, option);
  const wrong = typeof value === 'object' ? Object.entries(value).find(([, path]) => said.startsWith(`${path}: `)) : undefined;
  if (wrong === undefined) return { words: capital(said) };
  const [field, path] = wrong;
  return { words: capital(said.slice(path.length + 2)), field };
}
