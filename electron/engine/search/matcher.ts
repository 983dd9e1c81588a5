import type { RE2JS } from 're2js';
import { AppError } from '#shared/errors.ts';
import { checkRegex } from '#shared/model/expression/index.ts';
import { toRe2 } from '../query/re2-syntax.ts';

/** Finds the next match from a position of a text on: [start, end), or undefined. */
export type Matcher = (text: string, from: number) => { readonly start: number; readonly end: number } | undefined;

/**
 * A pattern as a matcher of decoded text, in time linear in the text. Ignoring case is Unicode's simple folding, of a literal
 * as of a regex: RE2 does both, and is loaded when it is needed. Fails with bad-input, `at` the character, where a regex is wrong or
 * cannot be answered so.
 */
export async function matcherOf({ text, regex, ignoreCase }: { text: string; regex: boolean; ignoreCase: boolean }): Promise<Matcher> {
  if (!regex && !ignoreCase) {
    return (searched, from) => {
      const start = searched.indexOf(text, from);
      return start < 0 ? undefined : { start, end: start + text.length };
    };
  }
  const flags = ignoreCase ? 'iu' : 'u';
  if (regex) checkRegex(text, flags, 0, 0);
  const { RE2JS: engine } = await import('re2js');
  const compiled = compile(engine, regex ? toRe2(text, flags) : engine.quote(text), ignoreCase);
  return (searched, from) => {
    const found = compiled.matcher(searched);
    return found.find(from) ? { start: found.start(), end: found.end() } : undefined;
  };
}

function compile(engine: typeof RE2JS, source: string, ignoreCase: boolean): RE2JS {
  try {
    return engine.compile(source, ignoreCase ? engine.CASE_INSENSITIVE : 0);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'not a pattern';
    throw new AppError('bad-input', `The pattern cannot be searched with: ${reason}.`, { at: 0, cause: error });
  }
}
