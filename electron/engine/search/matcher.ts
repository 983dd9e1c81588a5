import type { RE2JS } from 're2js';
import { AppError } from '#shared/errors.ts';
import { checkRegex } from '#shared/model/expression/index.ts';
import { toRe2 } from '../query/re2-syntax.ts';
import { AllMatches } from './linear/all-matches.ts';

/** Finds the next match from a position of a text on: [start, end), or undefined. */
export type Matcher = (text: string, from: number) => { readonly start: number; readonly end: number } | undefined;

/** A pattern, made ready. */
export interface Matching {
  /** In time linear in the text, of which each match may take all. */
  readonly find: Matcher;
  /** For texts with many matches; undefined where none looks further than it reaches, or the pattern is too large. */
  readonly all: () => AllMatches | undefined;
}

/**
 * A pattern as a matcher of decoded text. Ignoring case is Unicode's simple folding, of a literal
 * as of a regex: RE2 does both, and is loaded when it is needed. Fails with bad-input, `at` the character, where a regex is wrong or
 * cannot be answered so.
 */
export async function matcherOf({ text, regex, ignoreCase }: { text: string; regex: boolean; ignoreCase: boolean }): Promise<Matching> {
  if (!regex && !ignoreCase) {
    const find: Matcher = (searched, from) => {
      const start = searched.indexOf(text, from);
      return start < 0 ? undefined : { start, end: start + text.length };
    };
    return { find, all: () => undefined };
  }
  const flags = ignoreCase ? 'iu' : 'u';
  if (regex) checkRegex(text, flags, 0, 0);
  const { RE2JS: engine } = await import('re2js');
  const compiled = compile(engine, regex ? toRe2(text, flags) : engine.quote(text), ignoreCase);
  const find: Matcher = (searched, from) => {
    // Whether there is a match is answered ten times as fast as where.
    if (from === 0 && !compiled.test(searched)) return undefined;
    const found = compiled.matcher(searched);
    return found.find(from) ? { start: found.start(), end: found.end() } : undefined;
  };
  const test = (part: string): ((character: string) => boolean) => {
    const one = compile(engine, toRe2(part, flags), ignoreCase);
    return (character) => one.matches(character);
  };
  if (!regex) return { find, all: () => undefined };
  let all: { readonly matches: AllMatches | undefined } | undefined;
  return { find, all: () => (all ??= { matches: AllMatches.of(text, test) }).matches };
}

function compile(engine: typeof RE2JS, source: string, ignoreCase: boolean): RE2JS {
  try {
    return engine.compile(source, ignoreCase ? engine.CASE_INSENSITIVE : 0);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'not a pattern';
    throw new AppError('bad-input', `The pattern cannot be searched with: ${reason}.`, { at: 0, cause: error });
  }
}
