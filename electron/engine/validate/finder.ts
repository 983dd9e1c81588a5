import { AppError } from '#shared/errors.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import type { OddRows } from '../odd-json/index.ts';
import { andBits, type Bitset, bitsWhere, rolloutBits } from '../query/index.ts';
import type { DatasetIndex } from '../select/index.ts';
import { columnRules } from './column-rules.ts';
import { lineRules } from './line-rules.ts';
import type { ColumnRule, Findings, Rule } from './rule.ts';

/** Every rule there is, worst first: of lines, then of rollouts. */
export const rules: readonly Rule[] = [...lineRules, ...columnRules];
/** How many there are. */
export const ruleCount = rules.length;
/** Those that need no more than the scan has seen. */
export const scannedRules: readonly string[] = [
  ...lineRules,
  ...columnRules.filter(({ needsHashes, needsLines }) => needsHashes !== true && needsLines !== true),
].map(({ id }) => id);
const columnRuleOf = new Map(columnRules.map((rule) => [rule.id, rule]));

/** Fails with bad-input, and the nearest right spelling, where there is no such rule. */
export function requireRule(id: string): Rule {
  const rule = rules.find((each) => each.id === id);
  if (rule) return rule;
  const near = nearestNames(
    id,
    rules.map((each) => each.id),
  );
  throw new AppError('bad-input', `There is no rule "${id}".${near[0] === undefined ? '' : ` Did you mean "${near[0]}"?`}`, {
    suggestions: near,
  });
}

/** Whether one of these rules (of all, where none are named) compares prompts or answers. */
export function needHashes(ids: Iterable<string> = columnRuleOf.keys()): boolean {
  return [...ids].some((id) => columnRuleOf.get(id)?.needsHashes === true);
}

/** Whether one of these rules (of all, where none are named) is decided by the bytes of lines. */
export function needLines(ids: Iterable<string> = columnRuleOf.keys()): boolean {
  return [...ids].some((id) => columnRuleOf.get(id)?.needsLines === true);
}

/** Searches an index by the rules, each once until the index grows. */
export class ProblemFinder {
  private version = -1;
  /** Rows whose lines were known when the rules that need them were asked. */
  private known = -1;
  private readonly found = new Map<string, Findings>();

  constructor(
    private readonly index: DatasetIndex,
    private readonly odd: OddRows,
  ) {}

  /** What a rule of rollouts found; searches now, in one go, where nobody did before. */
  findings(rule: ColumnRule): Findings {
    const search = this.search([rule]);
    while (!search.next().done);
    const found = this.found.get(rule.id);
    if (!found) throw new Error(`${rule.id} was not searched`);
    return found;
  }

  /** Searches by the rules in steps of a few milliseconds. Begins anew where the index grew meanwhile. */
  *search(wanted: readonly ColumnRule[] = columnRules): Generator<void, void> {
    for (let i = 0; i < wanted.length;) {
      this.forgetOutdated();
      const rule = wanted[i];
      if (!rule || this.found.has(rule.id)) {
        i++;
        continue;
      }
      const { version } = this.index;
      const found = yield* rule.search(this.index, this.odd);
      // What was found in fewer rows is not said of more.
      if (this.index.version === version) this.found.set(rule.id, { ...found, rows: andBits(found.rows, rolloutBits(this.index)) });
    }
  }

  /** The same for one rule by its id; nothing is to be searched for the rules of lines, or for what is no rule. */
  *searchOne(id: string): Generator<void, void> {
    const rule = columnRuleOf.get(id);
    if (rule) yield* this.search([rule]);
  }

  /**
   * Rows with a finding of a rule, invalid lines for the rules of lines. Fails with bad-input where there is no such rule, or lines that
   * it needs have not been read.
   */
  rowsOf(id: string): Bitset {
    const rule = columnRuleOf.get(id);
    if (rule?.needsLines === true && !this.odd.isWhole) throw unread();
    if (rule) return this.findings(rule).rows;
    requireRule(id);
    const rows = new Set(this.index.invalidRows.filter((invalid) => invalid.rule === id).map(({ row }) => row));
    return bitsWhere(this.index.rowCount, (row) => rows.has(row));
  }

  private forgetOutdated(): void {
    if (this.known !== this.odd.known) {
      this.known = this.odd.known;
      for (const { id, needsLines } of columnRules) if (needsLines === true) this.found.delete(id);
    }
    if (this.version === this.index.version) return;
    this.version = this.index.version;
    this.found.clear();
  }
}

/** Rows came in between: whoever asks again gets an answer. */
function unread(): AppError {
  return new AppError('bad-input', 'The lines have not been read for this rule yet. Ask again.');
}
