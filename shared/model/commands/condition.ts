import type { Expression, Test } from '../expression/index.ts';
import { refusals, refuse } from './row-keys.ts';

/** How a language writes a condition: its tests, their opposite, and what is always true. `and` and `or` are the same words in jq and Python. */
export interface ConditionWords {
  readonly test: (tested: Test) => string;
  readonly not: (condition: string) => string;
  readonly always: string;
}

/** A condition in another language, in parentheses where it has parts. Fails with Untranslatable where a row by itself cannot tell. */
export function conditionText(expression: Expression, words: ConditionWords): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return `(${expression.parts.map((part) => conditionText(part, words)).join(` ${expression.kind} `)})`;
    case 'not':
      return `(${words.not(conditionText(expression.part, words))})`;
    case 'has-tool':
      return refuse(refusals.tool);
    case 'problem':
      return refuse(refusals.problem);
    case 'text':
      return refuse(refusals.text);
    case 'star':
    case 'tag':
      return refuse(refusals.mark);
    case 'group-by':
      return words.always;
    default:
      return words.test(expression);
  }
}
