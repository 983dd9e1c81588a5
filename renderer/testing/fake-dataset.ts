import { AppError } from '#shared/errors.ts';
import type { Cell, CellColumn } from '#shared/model/cell.ts';
import type { ColumnInfo, MetricSummary } from '#shared/model/column.ts';
import { derivedColumns } from '#shared/model/derived.ts';
import { checkedExpression, conditionColumn } from '#shared/model/expression/index.ts';
import type { Density, Facet, Histogram } from '#shared/model/histogram.ts';
import type { CopyFormat } from '#shared/model/view-file.ts';
import type { ConditionCounts, Query, Range } from '#shared/model/query.ts';
import type { SelectionSummary } from '#shared/model/selection.ts';
import { cellOf, meets } from './evaluate.ts';
import type { FakeRow } from './rows.ts';

/** The engine's answers over rows in memory, written for plainness: the page is what is tried, not this. */
export class FakeDataset {
  constructor(
    readonly id: string,
    readonly all: readonly FakeRow[],
    /** Rows read so far. */
    public read: number,
  ) {}

  get rows(): readonly FakeRow[] {
    return this.all.slice(0, this.read);
  }

  columns(): ColumnInfo[] {
    const names = new Set(this.rows.flatMap((row) => Object.keys(row)));
    const derived = derivedColumns.map(({ name }) => name).filter((name) => names.has(name));
    const ordered = [...derived, ...[...names].filter((name) => !derived.includes(name))];
    return ordered.map((name) => this.info(name, derived.includes(name)));
  }

  /** Fails with bad-input where no row has a value. */
  describe(name: string): ColumnInfo {
    const info = this.info(name, false);
    if (info.present + info.nulls === 0) throw new AppError('bad-input', `No column "${name}".`, { at: 0 });
    return info;
  }

  private info(name: string, derived: boolean): ColumnInfo {
    const cells = this.rows.map((row) => cellOf(row, name));
    const kinds = new Set(cells.filter((cell) => cell !== null && cell !== undefined).map((cell) => typeof cell));
    const [kind = 'string'] = kinds;
    const nulls = cells.filter((cell) => cell === null).length;
    const missing = cells.filter((cell) => cell === undefined).length;
    return {
      name,
      kind: kinds.size > 1 ? 'mixed' : kind === 'number' || kind === 'boolean' ? kind : 'string',
      derived,
      present: cells.length - nulls - missing,
      nulls,
      missing,
    };
  }

  select(filter: readonly string[], except?: string): FakeRow[] {
    const columns = this.columns();
    const conditions = filter.filter((condition) => except === undefined || conditionColumn(condition) !== except);
    for (const condition of conditions) checkedExpression(condition, columns);
    return this.rows.filter((row) => conditions.every((condition) => meets(row, condition)));
  }

  counts(filter: readonly string[]): ConditionCounts {
    const kept = this.select(filter).length;
    const without = (i: number): number => this.select(filter.filter((_, at) => at !== i)).length;
    const first = (i: number): number => this.select(filter.slice(0, i)).length - this.select(filter.slice(0, i + 1)).length;
    const conditions = filter.map((condition, i) => ({ condition, leftOut: first(i), back: without(i) - kept }));
    return { rows: this.rows.length, kept, conditions };
  }

  order({ filter, sort }: Query): FakeRow[] {
    const rows = this.select(filter);
    return rows.sort((a, b) => {
      for (const { column, descending } of sort) {
        const [x, y] = [cellOf(a, column) ?? null, cellOf(b, column) ?? null];
        if (x === y) continue;
        // Rows without a value come last in either direction.
        if (x === null) return 1;
        if (y === null) return -1;
        return (x < y ? -1 : 1) * (descending ? -1 : 1);
      }
      return 0;
    });
  }

  page({ query, draft, range, columns }: { query: Query; draft: readonly string[]; range: Range; columns: readonly string[] }) {
    const ordered = this.order(query);
    const rows = ordered.slice(range.start, range.end);
    return {
      total: ordered.length,
      rows: rows.map((row) => this.all.indexOf(row)),
      columns: columns.map((name): CellColumn => ({
        name,
        values: rows.map((row) => cellOf(row, name) ?? null),
        absent: rows.flatMap((row, index) => (cellOf(row, name) === undefined ? [index] : [])),
      })),
      kept: rows.map((row) => draft.every((condition) => meets(row, condition))),
    };
  }

  copy(rows: readonly number[], columns: readonly string[], format: CopyFormat): string {
    const chosen = rows.map((row) => columns.map((name) => cellOf(this.row(row), name)));
    if (format === 'json') return JSON.stringify(chosen.map((cells) => Object.fromEntries(cells.map((cell, i) => [columns[i], cell]))));
    const lines = chosen.map((cells) => cells.map((cell) => (cell === undefined ? '' : String(cell))).join('\t'));
    return format === 'tsv' ? [columns.join('\t'), ...lines, ''].join('\n') : lines.join('\n');
  }

  histogram(filter: readonly string[], column: string): Histogram {
    const everything = this.rows.flatMap((row) => numberOf(cellOf(row, column)));
    const kept = this.select(filter, column);
    const values = kept.flatMap((row) => numberOf(cellOf(row, column))).sort((a, b) => a - b);
    const distinct = [...new Set(everything)].sort((a, b) => a - b);
    const edges = edgesOf(distinct);
    const count = (numbers: readonly number[]): number[] => {
      const counts = Array.from({ length: edges.length - 1 }, () => 0);
      for (const value of numbers) {
        const bin = Math.min(counts.length - 1, edges.filter((edge) => edge <= value).length - 1);
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
      return counts;
    };
    const at = (share: number): number => values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
    const nulls = kept.filter((row) => cellOf(row, column) === null).length;
    return {
      edges,
      counts: count(values),
      all: count(everything),
      nulls,
      missing: kept.filter((row) => cellOf(row, column) === undefined).length,
      other: 0,
      ...(distinct.length <= 32 ? { distinct } : {}),
      summary: summaryOf(values, kept.length - values.length),
      ...(values.length > 0 ? { quantiles: { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) } } : {}),
    };
  }

  facet(filter: readonly string[], column: string, limit: number): Facet {
    const rows = this.select(filter, column);
    const counts = new Map<Cell, number>();
    for (const row of rows) {
      const cell = cellOf(row, column);
      if (cell !== null && cell !== undefined) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    const values = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
    return {
      values: values.slice(0, limit),
      distinct: values.length,
      nulls: rows.filter((row) => cellOf(row, column) === null).length,
      missing: rows.filter((row) => cellOf(row, column) === undefined).length,
    };
  }

  density(filter: readonly string[], x: string, y: string): Density {
    const [xEdges, yEdges] = [this.histogram([], x).edges, this.histogram([], y).edges];
    const binOf = (edges: readonly number[], value: number): number =>
      Math.min(edges.length - 2, edges.filter((edge) => edge <= value).length - 1);
    const counts = Array.from({ length: (xEdges.length - 1) * (yEdges.length - 1) }, () => 0);
    const kept = this.select(filter, x);
    const points = kept.flatMap((row) => numberOf(row[x]).flatMap((a) => numberOf(row[y]).map((b) => ({ a, b }))));
    for (const { a, b } of points) {
      const cell = binOf(yEdges, b) * (xEdges.length - 1) + binOf(xEdges, a);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    return { x: xEdges, y: yEdges, counts, without: kept.length - points.length };
  }

  summary(rows: readonly FakeRow[], metric: string, { margin = 0.1, passMark = 0.5 } = {}): SelectionSummary {
    const tasks = new Map<string, FakeRow[]>();
    const agents = new Map<string, number>();
    for (const row of rows) {
      const task = String(row.task);
      tasks.set(task, [...(tasks.get(task) ?? []), row]);
      agents.set(String(row.agent), (agents.get(String(row.agent)) ?? 0) + 1);
    }
    const spreads = [...tasks.values()].map((group) => group.flatMap((row) => numberOf(cellOf(row, metric))));
    return {
      rollouts: rows.length,
      tasks: tasks.size,
      tokens: rows.reduce((sum, row) => sum + Number(row.tokens ?? 0), 0),
      groupsWithSignal: spreads.filter((values) => values.length > 1 && Math.max(...values) - Math.min(...values) > 1e-6).length,
      groupsAllEqual: spreads.filter((values) => values.length > 1 && Math.max(...values) - Math.min(...values) <= 1e-6).length,
      groupsSingle: spreads.filter((values) => values.length < 2).length,
      pairs: { margin, ...pairsIn(spreads, margin, -Infinity), split: pairsIn(spreads, margin, passMark) },
      labels: {
        passMark,
        good: spreads.flat().filter((value) => value >= passMark).length,
        bad: spreads.flat().filter((value) => value < passMark).length,
      },
      agents: [...agents].map(([agent, rollouts]) => ({ agent, rollouts })).sort((a, b) => b.rollouts - a.rollouts),
    };
  }

  row(index: number): FakeRow {
    const row = this.all[index];
    if (row === undefined) throw new AppError('not-found', `There is no row ${index}.`);
    return row;
  }
}

/** As if all rollouts of a task had been asked the same and had answered otherwise; a finite mark divides better from worse. */
function pairsIn(groups: readonly number[][], margin: number, mark: number): { bestWorst: number; all: number } {
  const isPair = (better: number, worse: number): boolean =>
    better > worse && better - worse >= margin && better >= mark && (worse < mark || mark === -Infinity);
  const counts = groups.map((values) => values.flatMap((better) => values.filter((worse) => isPair(better, worse))).length);
  return { bestWorst: counts.filter((count) => count > 0).length, all: counts.reduce((sum, count) => sum + count, 0) };
}

export function numberOf(cell: Cell | undefined): number[] {
  if (typeof cell === 'boolean') return [Number(cell)];
  return typeof cell === 'number' && Number.isFinite(cell) ? [cell] : [];
}

function edgesOf(distinct: readonly number[]): number[] {
  const [min = 0] = distinct;
  const max = distinct.at(-1) ?? 1;
  if (distinct.length <= 32) {
    const cuts = distinct.slice(1).map((value, index) => (value + (distinct[index] ?? value)) / 2);
    return [min - ((cuts[0] ?? min + 0.5) - min), ...cuts, max + (max - (cuts.at(-1) ?? max - 0.5))];
  }
  return Array.from({ length: 31 }, (_, index) => Number((min + ((max - min) * index) / 30).toPrecision(12)));
}

function summaryOf(values: readonly number[], missing: number): MetricSummary {
  if (values.length === 0) return { count: 0, missing };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const median = values[Math.floor(values.length / 2)] ?? mean;
  return { count: values.length, missing, mean, min: values[0] ?? 0, max: values.at(-1) ?? 0, median };
}
