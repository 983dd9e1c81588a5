import { Ahead, endBit, meets, startBit, wordBit } from './ahead.ts';
import { CharacterClasses } from './characters.ts';
import { compileProgram, type Program, type Step } from './program.ts';
import { syntaxTree } from './syntax-tree.ts';

// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** [start, end) in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Characters between two yields. */
const stride = 1 << 16;
/** Bytes that sets of steps may take. */
const mostBytes = 64 << 20;

/**
 * Finds all matches in a text in time linear in it, however they lie: one match after the other each may take as long as the text.
 * Once from back to front it learns at each place which steps of the program lead to a match in what lies ahead; from then on the
 * way of each match is known, without a character in vain. (Frisch and Cardelli, "Greedy regular expression matching", 2004.)
 */
export class AllMatches {
  private readonly ahead: Ahead;
  private readonly classes: CharacterClasses;
  private readonly parts: ReadonlyMap<string, number>;
  private readonly hasEdges: boolean;
  /** Of the steps: the number of the search that last came by. */
  private readonly seen: Uint32Array;
  private searches = 0;

  private constructor(
    private readonly program: Program,
    test: (part: string) => (character: string) => boolean,
  ) {
    const sources = new Set(program.steps.flatMap((step) => (step.kind === 'one' ? [step.source] : [])));
    this.parts = new Map([...sources].map((source, i) => [source, i]));
    this.classes = new CharacterClasses([...sources].map(test));
    this.ahead = new Ahead(program, this.classes, (source) => this.parts.get(source) ?? 0);
    this.hasEdges = program.steps.some(({ kind }) => kind === 'edge');
    this.seen = new Uint32Array(program.steps.length);
  }

  /** Of a pattern without flag m that passed the language's check. `test`: of a part that stands for one character. Undefined where it is too large. */
  static of(source: string, test: (part: string) => (character: string) => boolean): AllMatches | undefined {
    const program = compileProgram(syntaxTree(source));
    return program && new AllMatches(program, test);
  }

  /**
   * What finds the first match from a place on, at or behind `from`. Yields now and then; undefined where the pattern would take too much
   * memory.
   */
  *in(text: string, from: number): Generator<undefined, ((at: number) => Span | undefined) | undefined> {
    const sets = new Int32Array(text.length + 1 - from).fill(-1);
    let set = this.ahead.atEnd(this.around(text, text.length));
    sets[text.length - from] = set;
    for (let at = text.length, steps = 0; at > from; steps++) {
      at -= lengthBefore(text, at, from);
      set = this.ahead.stepBack(set, this.classes.classOf(text.codePointAt(at)!), this.around(text, at));
      sets[at - from] = set;
      if (steps % stride === stride - 1) yield undefined;
      if (this.ahead.count * this.program.steps.length > mostBytes) return undefined;
    }
    return (first) => {
      for (let at = first; at <= text.length; at++) {
        const ahead = sets[at - from]!;
        if (ahead >= 0 && this.ahead.has(ahead, this.program.start)) return { start: at, end: this.endOf(text, at, sets, from) };
      }
      return undefined;
    };
  }

  /** Where the match ends that begins at a place. */
  private endOf(text: string, start: number, sets: Int32Array, from: number): number {
    let at = start;
    for (let step = this.program.start; ;) {
      const next = this.next(step, text, at, sets, from);
      if (next === undefined) return at;
      step = next;
      at += text.codePointAt(at)! > 0xffff ? 2 : 1;
    }
  }

  /** The step behind the next character of the way to the match; undefined at its end. */
  private next(first: number, text: string, at: number, sets: Int32Array, from: number): number | undefined {
    const { steps } = this.program;
    const search = ++this.searches;
    const waiting = [first];
    const around = this.around(text, at);
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      if (this.seen[number] === search) continue;
      this.seen[number] = search;
      const step = steps[number]!;
      if (step.kind === 'match') return undefined;
      if (step.kind === 'either') waiting.push(step.next[1], step.next[0]);
      else if (step.kind === 'edge') {
        if (meets(step.edge, around)) waiting.push(step.next);
      } else if (this.leadsOn(step, text, at, sets, from)) return step.next;
    }
    throw new RangeError('no match is there');
  }

  private leadsOn({ source, next }: Step & { kind: 'one' }, text: string, at: number, sets: Int32Array, from: number): boolean {
    if (at >= text.length) return false;
    const character = text.codePointAt(at)!;
    const set = sets[at + (character > 0xffff ? 2 : 1) - from]!;
    return this.ahead.has(set, next) && this.classes.matches(this.classes.classOf(character), this.parts.get(source) ?? 0);
  }

  private around(text: string, at: number): number {
    if (!this.hasEdges) return 0;
    return (
      (at === 0 ? startBit : 0) |
      (at === text.length ? endBit : 0) |
      (isWord(text.charCodeAt(at - 1)) !== isWord(text.charCodeAt(at)) ? wordBit : 0)
    );
  }
}

function lengthBefore(text: string, at: number, from: number): number {
  const isPair = at - 2 >= from && isLow(text.charCodeAt(at - 1)) && isHigh(text.charCodeAt(at - 2));
  return isPair ? 2 : 1;
}

/** Of ASCII alone, as RE2 has it; outside of the text is NaN. */
function isWord(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a) || unit === 0x5f;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
