/** What ran: how many tests passed, and the names of those that did not. */
export class Tally {
  passed = 0;
  readonly failed: string[] = [];
  readonly skipped: string[] = [];

  pass(): void {
    this.passed++;
  }

  fail(name: string): void {
    this.failed.push(name);
  }

  skip(name: string): void {
    this.skipped.push(name);
  }

  add(other: Tally): void {
    this.passed += other.passed;
    this.failed.push(...other.failed);
    this.skipped.push(...other.skipped);
  }
}

/** The last line of `npm test`, for people and for scripts. */
export function closingLine(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed.length} failed, ${tally.skipped.length} skipped`;
}
