import { dateTraits } from '../loader-dates.ts';
import { holdsTinyNumber, withReadableNumbers } from '../loader-numbers.ts';
import { holdsLongFraction, isPlain, unsafeValue } from '../text-safety.ts';
import type { ReasonId } from '../reasons.ts';
import { type Fields, type Mapped, Trait } from '../types.ts';

/**
 * A row of values that Hugging Face `datasets` gives back as they are: numbers as it reads them, whole ones beyond 64 bits as
 * texts, nothing that it would drop, or round to zero or infinity. Fields that are undefined are left out.
 */
export function exactRow(fields: Fields, shape: number, of: Pick<Mapped, 'request' | 'answer'> = {}): Mapped | ReasonId {
  if (isPlain(fields)) return { content: given(fields), shape: shape | dateTraits(fields), ...of };
  const unsafe = unsafeValue(fields);
  if (unsafe) return unsafe;
  if (holdsTinyNumber(fields)) return 'mapping/tiny-number';
  const content = Object.fromEntries(Object.entries(given(fields)).map(([name, value]) => [name, withReadableNumbers(value)]));
  const fractions = holdsLongFraction(content) ? Trait.longFraction : 0;
  return { content, shape: shape | fractions | dateTraits(content), ...of };
}

function given(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
