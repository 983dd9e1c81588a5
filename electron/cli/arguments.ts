import { nearestNames } from '#shared/model/expression/index.ts';
import { UsageError } from './usage-error.ts';

/** One option of a command. A `list` may be given several times; a `flag` takes no value. */
export interface OptionSpec {
  readonly kind: 'flag' | 'value' | 'list' | 'integer';
  /** Name of the value in the help text. */
  readonly value?: string;
  readonly about: string;
  /** Smallest and largest integer. */
  readonly min?: number;
  readonly max?: number;
}
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type Names<S extends OptionSpecs, K extends OptionSpec['kind']> = { [N in keyof S]: S[N]['kind'] extends K ? N : never }[keyof S] & string;

/** What was given on a command line, by the names of its options. */
export interface Arguments<S extends OptionSpecs> {
  /** What is no option, in order; `-` among them. */
  readonly operands: readonly string[];
  flag(name: Names<S, 'flag'>): boolean;
  value(name: Names<S, 'value'>): string | undefined;
  list(name: Names<S, 'list'>): readonly string[];
  integer(name: Names<S, 'integer'>): number | undefined;
}

/**
 * Reads `--name value`, `--name=value` and `--flag` in any place; after `--` everything is an operand. Fails with a
 * UsageError on an unknown option, a missing value, a value for a flag, a second value where one is meant.
 */
export function parseArguments<S extends OptionSpecs>(words: readonly string[], specs: S): Arguments<S> {
  const operands: string[] = [];
  const given = new Map<string, string[]>();
  const rest = [...words];

  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      operands.push(...rest.splice(0));
    } else if (!word.startsWith('-') || word === '-') {
      operands.push(word);
    } else {
      const { name, spec, inline } = optionOf(word, specs);
      const value = spec.kind === 'flag' ? flagValue(name, inline) : (inline ?? nextValue(name, spec, rest));
      const values = given.get(name) ?? [];
      if (values.length > 0 && spec.kind !== 'list' && spec.kind !== 'flag') throw new UsageError(`--${name} was given twice.`);
      if (spec.kind === 'integer') checkInteger(name, spec, value);
      given.set(name, [...values, value]);
    }
  }

  return {
    operands,
    flag: (name) => given.has(name),
    value: (name) => given.get(name)?.[0],
    list: (name) => given.get(name) ?? [],
    integer: (name) => {
      const text = given.get(name)?.[0];
      return text === undefined ? undefined : Number(text);
    },
  };
}

function optionOf(word: string, specs: OptionSpecs): { name: string; spec: OptionSpec; inline: string | undefined } {
  const cut = word.indexOf('=');
  const written = cut === -1 ? word : word.slice(0, cut);
  const name = written.replace(/^--?/, '');
  const spec = written.startsWith('--') && Object.hasOwn(specs, name) ? specs[name] : undefined;
  if (!spec) {
    const [near] = nearestNames(name, Object.keys(specs));
    throw new UsageError(`There is no option ${written} here.${near === undefined ? '' : ` Did you mean --${near}?`}`);
  }
  return { name, spec, inline: cut === -1 ? undefined : word.slice(cut + 1) };
}

function flagValue(name: string, inline: string | undefined): string {
  if (inline !== undefined) throw new UsageError(`--${name} takes no value.`);
  return '';
}

/** A value may begin with a minus sign, but what looks like an option is one: its value was forgotten. */
function nextValue(name: string, spec: OptionSpec, rest: string[]): string {
  const next = rest[0];
  if (next === undefined || /^--./.test(next)) throw new UsageError(`--${name} needs a value: --${name} ${spec.value ?? 'VALUE'}.`);
  rest.shift();
  return next;
}

function checkInteger(name: string, { min = 0, max = Infinity }: OptionSpec, text: string): void {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return;
  const range = max === Infinity ? `from ${min} on` : `from ${min} to ${max}`;
  throw new UsageError(`--${name} needs a whole number ${range}, not "${text}".`);
}
