import { RE2JS } from 're2js';
import { AppError } from '#shared/errors.ts';
import type { Pattern } from '#shared/model/expression/index.ts';
import { toRe2 } from './re2-syntax.ts';

/**
 * A pattern of the language as a test of texts, in time linear in the text whatever the pattern: RE2 answers, which knows
 * no backtracking. JavaScript's dialect is written as RE2's; letters above U+FFFF are one character, and cases fold, as with `u`.
 * Fails with bad-input where a pattern is larger than RE2 takes.
 */
export function patternTest(pattern: Pattern): (text: string) => boolean {
  if (pattern.kind === 'contains') {
    const part = pattern.text.toLowerCase();
    return (text) => text.toLowerCase().includes(part);
  }
  const { source, flags, start } = pattern;
  try {
    const regex = RE2JS.compile(toRe2(source, flags), flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0);
    return (text) => regex.test(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'not a pattern';
    throw new AppError('bad-input', `The pattern cannot be searched with: ${reason}.`, { at: start, cause: error });
  }
}
