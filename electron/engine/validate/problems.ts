import { limits } from '#shared/limits.ts';
import type { Problem, ProblemExample } from '#shared/model/problem.ts';
import type { InvalidRow } from '../index/types.ts';
import { type Bitset, countBits } from '../query/index.ts';
import type { DatasetIndex } from '../select/index.ts';
import { columnRules } from './column-rules.ts';
import type { ProblemFinder } from './finder.ts';
import { lineRules } from './line-rules.ts';
import type { ColumnRule, Rule } from './rule.ts';

export interface ProblemOptions {
  /** Ids of the rules to ask; all of them by default. */
  readonly rules?: readonly string[] | undefined;
  /** Examples of each rule; limits.examples by default. */
  readonly examples?: number | undefined;
}

interface Sources {
  readonly index: DatasetIndex;
  /** Of the files, in order. */
  readonly names: readonly string[];
  readonly finder: ProblemFinder;
}

const severities = ['error', 'warning', 'note'];

/** What is wrong, by rule, worst first; rules with nothing found are left out. Searches first, in steps. */
export function* listProblems(sources: Sources, { rules, examples = limits.examples }: ProblemOptions = {}): Generator<void, Problem[]> {
  const isWanted = ({ id }: Rule): boolean => rules === undefined || rules.includes(id);
  const wanted = columnRules.filter(isWanted);
  yield* sources.finder.search(wanted);
  const problems = [
    ...lineProblems(sources, lineRules.filter(isWanted), examples),
    ...wanted.flatMap((rule) => columnProblem(sources, rule, examples)),
  ];
  return severities.flatMap((severity) => problems.filter((problem) => problem.severity === severity));
}

function lineProblems({ index, names }: Sources, wanted: readonly Rule[], most: number): Problem[] {
  const found = new Map<string, { count: number; first: InvalidRow[] }>();
  for (const invalid of index.invalidRows) {
    let entry = found.get(invalid.rule);
    if (!entry) found.set(invalid.rule, (entry = { count: 0, first: [] }));
    entry.count++;
    if (entry.first.length < most) entry.first.push(invalid);
  }
  return wanted.flatMap((rule) => {
    const entry = found.get(rule.id);
    if (!entry) return [];
    const examples = entry.first.map((invalid): ProblemExample => {
      const { file, line, start } = index.place(invalid.row);
      return { path: names[file] ?? '', line, offset: invalid.offset - start, byteOffset: invalid.offset, message: invalid.message };
    });
    return [{ ...described(rule), count: entry.count, rows: entry.count, examples }];
  });
}

function columnProblem({ index, names, finder }: Sources, rule: ColumnRule, most: number): Problem[] {
  const findings = finder.findings(rule);
  const rows = countBits(findings.rows);
  if (rows === 0) return [];
  const examples = firstRows(findings.rows, most).map((row): ProblemExample => {
    const { file, line, start } = index.place(row);
    const at = findings.at?.(row) ?? rule.at;
    return { path: names[file] ?? '', line, byteOffset: start, ...(at !== undefined && { at }), message: findings.message(row) };
  });
  return [{ ...described(rule), count: findings.count ?? rows, rows, examples }];
}

function described({ id, severity, title, meaning, remedy }: Rule): Pick<Problem, 'rule' | 'severity' | 'title' | 'meaning' | 'remedy'> {
  return { rule: id, severity, title, meaning, remedy };
}

/** The first rows of a set. */
function firstRows(bits: Bitset, most: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < bits.length * 32 && rows.length < most; row++) {
    const word = bits[row >>> 5] ?? 0;
    if (word === 0) row |= 31;
    else if (((word >>> (row & 31)) & 1) === 1) rows.push(row);
  }
  return rows;
}
