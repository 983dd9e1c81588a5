import { AppError } from '#shared/errors.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import type { OptionValue } from '#shared/model/recipe.ts';
import type { TargetInfo, TargetOption } from '#shared/model/target.ts';
import { Settings } from './settings.ts';

/** The options of a recipe over the defaults of the target. Fails with bad-input, naming what comes nearest. */
export function resolveOptions(info: TargetInfo, given: Readonly<Record<string, OptionValue>>): Settings {
  const named = Object.entries(given).map(([key, value]) => [key, checked(optionOf(info, key), value)] as const);
  return new Settings(Object.fromEntries([...info.options.map((option) => [option.key, option.default] as const), ...named]));
}

/**
 * Options as the command line names them: `key=value`, and `field.NAME=PATH` for the fields of a mapping, which replace the
 * default ones. Fails with bad-input, naming what comes nearest.
 */
export function parseOptions(info: TargetInfo, assignments: readonly string[]): Record<string, OptionValue> {
  const options = new Map<string, OptionValue>();
  const fields = new Map<string, string>();
  for (const assignment of assignments) {
    const split = assignment.indexOf('=');
    if (split <= 0) throw new AppError('bad-input', `--set ${assignment}: write KEY=VALUE, as in --set ${example(info)}.`);
    const key = assignment.slice(0, split).trim();
    const text = assignment.slice(split + 1).trim();
    if (key.startsWith('field.') && takesFields(info)) fields.set(key.slice('field.'.length), text);
    else options.set(key, parsed(optionOf(info, key), text));
  }
  if (fields.size > 0) options.set('fields', checked(optionOf(info, 'fields'), Object.fromEntries(fields)));
  return Object.fromEntries(options);
}

function takesFields(info: TargetInfo): boolean {
  return info.options.some(({ kind }) => kind === 'fields');
}

function example(info: TargetInfo): string {
  const [first] = info.options;
  return first ? `${first.key}=${typeof first.default === 'object' ? '…' : String(first.default)}` : 'key=value';
}

function optionOf(info: TargetInfo, key: string): TargetOption {
  const found = info.options.find((option) => option.key === key);
  if (found) return found;
  const keys = info.options.map((option) => option.key);
  const suggestions = nearestNames(key, takesFields(info) ? [...keys, 'field.NAME'] : keys);
  const hint = suggestions.length > 0 ? `Did you mean ${suggestions.join(' or ')}?` : `It has ${keys.join(', ')}.`;
  throw new AppError('bad-input', `${info.target} has no option ${key}. ${hint}`, { suggestions });
}

function parsed(option: TargetOption, text: string): OptionValue {
  switch (option.kind) {
    case 'boolean':
      return checked(option, text === 'true' ? true : text === 'false' ? false : text);
    case 'integer':
    case 'number':
      return checked(option, text === '' ? Number.NaN : Number(text));
    case 'fields':
      throw new AppError('bad-input', `Name the fields one by one, as in --set field.text=messages.`);
    case 'choice':
    case 'column':
    case 'text':
      return checked(option, text);
  }
}

function checked(option: TargetOption, value: OptionValue): OptionValue {
  const refuse = (expected: string, suggestions: readonly string[] = []): AppError =>
    new AppError('bad-input', `${option.key}: ${expected}`, { suggestions });
  switch (option.kind) {
    case 'boolean':
      if (typeof value !== 'boolean') throw refuse('write true or false.');
      return value;
    case 'integer':
    case 'number': {
      const { min = -Infinity, max = Infinity } = option;
      const fits = typeof value === 'number' && value >= min && value <= max && (option.kind === 'number' || Number.isInteger(value));
      if (!fits) throw refuse(`write a ${option.kind === 'integer' ? 'whole number' : 'number'}${rangeText(option)}.`);
      return value;
    }
    case 'choice': {
      const choices = option.choices?.map((choice) => choice.value) ?? [];
      if (typeof value === 'string' && choices.includes(value)) return value;
      const suggestions = nearestNames(typeof value === 'string' ? value : '', choices);
      const hint = suggestions.length > 0 ? `Did you mean ${suggestions.join(' or ')}?` : `It takes ${choices.join(', ')}.`;
      throw refuse(`${JSON.stringify(value)} is none of its values. ${hint}`, suggestions);
    }
    case 'column':
      if (typeof value !== 'string' || value === '') throw refuse('name a column.');
      return value;
    case 'text':
      if (typeof value !== 'string') throw refuse('write a text.');
      return value;
    case 'fields': {
      const isFields = typeof value === 'object' && Object.keys(value).length > 0;
      if (!isFields || Object.entries(value).some(([name, path]) => name === '' || path === ''))
        throw refuse('name at least one field and its path.');
      return value;
    }
  }
}

function rangeText({ min, max }: TargetOption): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? '' : ` of at most ${max}`;
}
