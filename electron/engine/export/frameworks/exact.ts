import { holdsLongFraction, unsafeValue, withoutHugeIntegers } from '../text-safety.ts';
import type { ReasonId } from '../reasons.ts';
import { type Fields, type Mapped, Trait } from '../types.ts';

/**
 * A row of values that Hugging Face `datasets` gives back as they are: whole numbers beyond 64 bits as texts, nothing that it would
 * drop or round to infinity. Fields that are undefined are left out.
 */
export function exactRow(fields: Fields, shape: number, of: Pick<Mapped, 'request' | 'answer'> = {}): Mapped | ReasonId {
  const unsafe = unsafeValue(fields);
  if (unsafe) return unsafe;
  const content = Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, withoutHugeIntegers(value)]])),
  );
  return { content, shape: holdsLongFraction(content) ? shape | Trait.longFraction : shape, ...of };
}
