import { Trait } from './types.ts';

/**
 * Texts that Hugging Face `datasets` takes for timestamps (Arrow's reading of ISO 8601, to the second): a column of JSON lines that
 * has nothing else reaches the trainer as dates, without their offset.
 */
const dateText = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d)(?::(\d\d)(?::(\d\d))?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/;

export function isDateText(text: string): boolean {
  const found = text.length < 10 || text.length > 25 ? null : dateText.exec(text);
  if (!found) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map((part) => Number(part ?? 0));
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day);
  return time.getUTCMonth() === month - 1 && time.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
}

/**
 * What of a row would be dates if all other rows were alike: a field that is such a text (`Trait.dateText`), or one in the
 * arguments of messages that all have the same keys, or in the one tool (`Trait.dateArgument`): keys that differ keep values as they are.
 */
export function dateTraits(row: Readonly<Record<string, unknown>>): number {
  const fields = Object.values(row);
  const hasText = fields.some((field) => typeof field === 'string' && isDateText(field));
  const hasArgument = fields.some(
    (field) => Array.isArray(field) && areAlike(field) && (field.some(callsWithDate) || isToolWithDate(field)),
  );
  return (hasText ? Trait.dateText : 0) | (hasArgument ? Trait.dateArgument : 0);
}

function areAlike(messages: readonly unknown[]): boolean {
  const keys = new Set(messages.map((message) => (isObject(message) ? Object.keys(message).sort().join() : '')));
  return keys.size === 1;
}

function callsWithDate(message: unknown): boolean {
  const calls = isObject(message) ? Reflect.get(message, 'tool_calls') : undefined;
  return Array.isArray(calls) && calls.some((call) => isObject(call) && holdsDate(Reflect.get(call, 'function')));
}

/** Parameters of several tools have other keys one from another. */
function isToolWithDate([tool, ...others]: readonly unknown[]): boolean {
  return others.length === 0 && isObject(tool) && 'function' in tool && holdsDate(tool.function);
}

function holdsDate(value: unknown): boolean {
  if (typeof value === 'string') return isDateText(value);
  return isObject(value) && Object.values(value).some(holdsDate);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
