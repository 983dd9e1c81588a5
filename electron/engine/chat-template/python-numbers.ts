import { isJsonObject, JsonNumber, type JsonValue } from '#shared/model/json.ts';
import type { Environment } from '@huggingface/jinja';
import type { Marks } from './generation-marks.ts';

type RuntimeValue = ReturnType<Environment['set']>;

/** A number as Python prints it: `1.0` stays `1.0`, integers have all their digits. In sums and comparisons it is what JavaScript makes of it. */
class PythonNumber {
  constructor(
    private readonly text: string,
    private readonly mark: string,
  ) {}

  valueOf(): number {
    return Number(this.text);
  }

  toString(): string {
    return this.text;
  }

  /** How jinja's own text of a float asks for it. */
  toFixed(): string {
    return this.text;
  }

  toJSON(): string {
    return this.mark;
  }
}

/** Sets a variable of a template to a JSON value. Keys that are undefined are left out. */
export function setJson(environment: Environment, name: string, value: unknown, marks: Marks): void {
  const plain = withoutUndefined(value);
  withNumbers(environment.set(name, placeholders(plain)), plain, marks);
}

function withoutUndefined(value: unknown): JsonValue {
  if (value instanceof JsonNumber || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[key, withoutUndefined(each)]])));
}

/** Numbers that JavaScript would print otherwise are put in later, where jinja has made numbers of these. */
function placeholders(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return isWhole(value.text) ? 1 : 0.5;
  if (Array.isArray(value)) return value.map(placeholders);
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, placeholders(each)])) : value;
}

function withNumbers(made: RuntimeValue, value: JsonValue, marks: Marks): void {
  if (value instanceof JsonNumber || (typeof value === 'number' && !Number.isInteger(value))) {
    const text = pythonNumber(value instanceof JsonNumber ? value.text : String(value));
    Reflect.set(made, 'value', new PythonNumber(text, marks.number(text)));
  } else if (Array.isArray(value) && Array.isArray(made.value)) {
    for (const [i, each] of value.entries()) {
      const item = made.value[i];
      if (item) withNumbers(item, each, marks);
    }
  } else if (isJsonObject(value) && made.value instanceof Map) {
    for (const [key, each] of Object.entries(value)) {
      const item = made.value.get(key);
      if (item) withNumbers(item, each, marks);
    }
  }
}

const isWhole = (text: string): boolean => /^-?\d+$/.test(text);

/** A JSON number as Python's `json` reads and prints it. */
export function pythonNumber(text: string): string {
  if (isWhole(text)) return text === '-0' ? '0' : text;
  const value = Number(text);
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  const fixed = String(value);
  return Number.isInteger(value) ? `${fixed}.0` : fixed;
}
