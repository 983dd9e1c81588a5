// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** Characters that no part of a pattern tells apart are of one class. */
export class CharacterClasses {
  /** By class: by part, whether it matches. */
  private readonly classes: Uint8Array[] = [];
  private readonly byMatches = new Map<string, number>();
  private readonly basic = new Int16Array(0x1_0000).fill(-1);
  private readonly others = new Map<number, number>();

  /** `tests`: of one character each, by part. */
  constructor(private readonly tests: readonly ((character: string) => boolean)[]) {}

  classOf(codePoint: number): number {
    const known = codePoint < 0x1_0000 ? this.basic[codePoint]! : (this.others.get(codePoint) ?? -1);
    return known >= 0 ? known : this.learn(codePoint);
  }

  matches(classNumber: number, part: number): boolean {
    return this.classes[classNumber]![part] === 1;
  }

  private learn(codePoint: number): number {
    const character = String.fromCodePoint(codePoint);
    const matches = Uint8Array.from(this.tests, (test) => (test(character) ? 1 : 0));
    const key = matches.join('');
    const found = this.byMatches.get(key) ?? this.classes.push(matches) - 1;
    this.byMatches.set(key, found);
    if (codePoint < 0x1_0000) this.basic[codePoint] = found;
    else this.others.set(codePoint, found);
    return found;
  }
}
