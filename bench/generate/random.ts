/** A stream of pseudo-random numbers. Equal seeds give equal streams on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** An integer in [min, max], both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** Around 1, never below 0: exp of a normal deviate times `spread`. */
  factor(spread: number): number;
  hex(digits: number): string;
}

/**
 * A stream for a seed of several numbers, such as (seed, task, rollout): what one row holds does not depend on the rows
 * made before it. The generator is sfc32 (Chris Doty-Humphrey, PractRand), seeded by splitmix32.
 */
export function random(...seed: readonly number[]): Random {
  let mixed = 0x9e3779b9;
  const mix = (value: number): number => {
    mixed = (mixed + 0x9e3779b9 + value) | 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
  for (const part of seed) mixed = mix(part) ^ mix(Math.floor(part / 0x1_0000_0000));
  let a = mix(1);
  let b = mix(2);
  let c = mix(3);
  let counter = 1;

  function next(): number {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 0x1_0000_0000;
  }

  return {
    next,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick(list) {
      const index = Math.floor(next() * list.length);
      if (index >= list.length) throw new Error('There is nothing to pick from.');
      return list[index] as (typeof list)[number]; // within the list
    },
    factor(spread) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return Math.exp(normal * spread);
    },
    hex(digits) {
      let text = '';
      while (text.length < digits)
        text += Math.floor(next() * 0x1_0000_0000)
          .toString(16)
          .padStart(8, '0');
      return text.slice(0, digits);
    },
  };
}
