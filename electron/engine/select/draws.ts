import { shuffled } from './random.ts';

// Positions are below the arrays' length, so entries are never undefined: that is what `!` stands for here.

/** Positions that stay, as flags. Which ones of a class is drawn: the first lines of a run are its shortest rollouts. */
export type Kept = Uint8Array;

/** At most so many rows of each class (a task, an agent). `classes` has the class of each row; NaN is never capped. */
export function capped(classes: Float64Array, most: number, random: () => number): Kept {
  return drawn(classes, () => most, random);
}

/** As many rows of each class as the smallest one has. Rows of no class (NaN) stay. */
export function balanced(classes: Float64Array, random: () => number): Kept {
  const sizes = new Map<number, number>();
  for (const each of classes) if (!Number.isNaN(each)) sizes.set(each, (sizes.get(each) ?? 0) + 1);
  const smallest = [...sizes.values()].reduce((least, size) => Math.min(least, size), Infinity);
  return drawn(classes, () => smallest, random);
}

function drawn(classes: Float64Array, mostOf: (each: number) => number, random: () => number): Kept {
  const kept = new Uint8Array(classes.length);
  const counts = new Map<number, number>();
  for (const position of shuffled([...classes.keys()], random)) {
    const each = classes[position]!;
    const count = counts.get(each) ?? 0;
    if (!Number.isNaN(each) && count >= mostOf(each)) continue;
    counts.set(each, count + 1);
    kept[position] = 1;
  }
  return kept;
}

/** The first of equal keys. */
export function distinct(keys: ArrayLike<string | number>): Kept {
  const seen = new Set<string | number>();
  return Uint8Array.from({ length: keys.length }, (_, i) => {
    const key = keys[i] ?? '';
    if (seen.has(key)) return 0;
    seen.add(key);
    return 1;
  });
}
