import type { OptionValue } from '#shared/model/recipe.ts';
import type { TokenCounter } from './token-counter.ts';

/** The options of one export, each with a value. Asking for one that its target does not declare is a bug. */
export class Settings {
  constructor(
    readonly values: Readonly<Record<string, OptionValue>>,
    /** Admission rules that are not held to. */
    readonly off: ReadonlySet<string> = new Set(),
    /** Where lengths are counted with a tokenizer. */
    readonly counter?: TokenCounter,
  ) {}

  /** A choice or the name of a column. */
  text(key: string): string {
    const value = this.values[key];
    if (typeof value !== 'string') throw this.missing(key);
    return value;
  }

  /** One of `choices`, which must be those that the option declares. */
  choice<T extends string>(key: string, choices: readonly T[]): T {
    const chosen = choices.find((choice) => choice === this.values[key]);
    if (chosen === undefined) throw this.missing(key);
    return chosen;
  }

  has(key: string): boolean {
    return this.values[key] !== undefined;
  }

  number(key: string): number {
    const value = this.values[key];
    if (typeof value !== 'number') throw this.missing(key);
    return value;
  }

  flag(key: string): boolean {
    const value = this.values[key];
    if (typeof value !== 'boolean') throw this.missing(key);
    return value;
  }

  fields(key: string): readonly (readonly [name: string, path: string])[] {
    const value = this.values[key];
    if (typeof value !== 'object') throw this.missing(key);
    return Object.entries(value);
  }

  private missing(key: string): Error {
    return new Error(`the target does not declare the option ${key} in this form`);
  }
}
