import { JsonNumber, writeJson } from '#shared/model/json.ts';

type Function = (...parts: readonly unknown[]) => unknown;

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

/** Functions of templates. A value that is not there is undefined; what cannot be worked out is undefined as well. */
const functions: Readonly<Record<string, Function>> = {
  /** Of a message its text, of messages each with its role, of text itself, of anything else its JSON. */
  text: (value) => textOf(value),
  /** The JSON text of a value. */
  json: (value) => (value === undefined ? undefined : writeJson(value)),
  /** Texts with the first one between them; what is not there is left out. */
  join: (between, ...parts) => parts.filter(isThere).map(textOf).join(textOf(between)),
  round: (value, digits = 0) => {
    const [number, places] = [numberOf(value), numberOf(digits)];
    return number === undefined || places === undefined ? undefined : Number(number.toFixed(Math.min(Math.max(Math.trunc(places), 0), 20)));
  },
  number: (value) => numberOf(value),
  list: (...parts) => parts.map((part) => part ?? null),
  /** Names and values in turn. */
  object: (...parts) =>
    Object.fromEntries(parts.flatMap((name, i) => (i % 2 === 0 ? [[textOf(name) ?? '', parts[i + 1] ?? null] as const] : []))),
  /** The first that is there. */
  first: (...parts) => parts.find(isThere),
  /** The last of a list. */
  last: (value) => (Array.isArray(value) ? value.at(-1) : undefined),
  /** Of a list or a text. */
  length: (value) => (Array.isArray(value) || typeof value === 'string' ? value.length : undefined),
};

export const functionNames: readonly string[] = Object.keys(functions);

export function callFunction(name: string, parts: readonly unknown[]): unknown {
  return functions[name]?.(...parts);
}

function numberOf(value: unknown): number | undefined {
  const number =
    value instanceof JsonNumber ? Number(value.text) : typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'boolean') return Number(number);
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Text of a message; parts that are no text are left out. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string' || value === undefined) return value;
  if (Array.isArray(value) && value.length > 0 && value.every(isMessage))
    return value.map((message) => `${message.role}: ${contentText(message.content)}`).join('\n\n');
  return isMessage(value) ? contentText(value.content) : writeJson(value);
}

function isMessage(value: unknown): value is { role: string; content: unknown } {
  return typeof value === 'object' && value !== null && 'role' in value && typeof value.role === 'string' && 'content' in value;
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => (typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string' ? part.text : ''))
    .join('');
}
