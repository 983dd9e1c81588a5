import type { CharacterClasses } from './characters.ts';
import type { Program } from './program.ts';
import type { Edge } from './syntax-tree.ts';

// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** What surrounds a place of a text, as far as edges ask: bits. */
export const startBit = 1;
export const endBit = 2;
export const wordBit = 4;
const surroundings = 8;

export function meets(edge: Edge, around: number): boolean {
  switch (edge) {
    case 'start':
      return (around & startBit) !== 0;
    case 'end':
      return (around & endBit) !== 0;
    case 'word':
      return (around & wordBit) !== 0;
    case 'no-word':
      return (around & wordBit) === 0;
  }
}

/** The steps of a program from which a match can be reached in what lies ahead of some place: sets, by number. */
export class Ahead {
  /** By set: the steps in it. */
  private readonly sets: Uint8Array[] = [];
  private readonly numbers = new Map<string, number>();
  /** By set and, in it, by class and surroundings of the character before: the set one character further to the front. */
  private readonly before: number[][] = [];
  /** Steps that go on at a step without a character. */
  private readonly sources: readonly number[][];
  private readonly characterSteps: readonly { readonly step: number; readonly part: number; readonly next: number }[];

  /** `partOf`: the number of what a character step matches. */
  constructor(
    private readonly program: Program,
    private readonly classes: CharacterClasses,
    partOf: (source: string) => number,
  ) {
    const { steps } = program;
    const sources = steps.map((): number[] => []);
    steps.forEach((step, number) => {
      if (step.kind === 'edge') sources[step.next]!.push(number);
      if (step.kind === 'either') for (const next of new Set(step.next)) sources[next]!.push(number);
    });
    this.sources = sources;
    this.characterSteps = steps.flatMap((step, number) =>
      step.kind === 'one' ? [{ step: number, part: partOf(step.source), next: step.next }] : [],
    );
  }

  get count(): number {
    return this.sets.length;
  }

  /** At the end of a text. */
  atEnd(around: number): number {
    return this.numberOf(this.close([0], around));
  }

  /** One character, of a class, before a place with a set. */
  stepBack(set: number, characterClass: number, around: number): number {
    const known = this.before[set]!;
    const key = characterClass * surroundings + around;
    return (known[key] ??= this.numberOf(
      this.close(
        [
          0,
          ...this.characterSteps.flatMap(({ step, part, next }) =>
            this.has(set, next) && this.classes.matches(characterClass, part) ? [step] : [],
          ),
        ],
        around,
      ),
    ));
  }

  has(set: number, step: number): boolean {
    return this.sets[set]![step] === 1;
  }

  /** All steps that reach one of some without a character. */
  private close(seeds: readonly number[], around: number): Uint8Array {
    const { steps } = this.program;
    const set = new Uint8Array(steps.length);
    const waiting = [...seeds];
    for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
      if (set[step] === 1) continue;
      set[step] = 1;
      for (const source of this.sources[step]!) {
        const from = steps[source]!;
        if (from.kind !== 'edge' || meets(from.edge, around)) waiting.push(source);
      }
    }
    return set;
  }

  private numberOf(set: Uint8Array): number {
    const key = set.join('');
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.sets.push(set) - 1;
    this.before.push([]);
    this.numbers.set(key, number);
    return number;
  }
}
