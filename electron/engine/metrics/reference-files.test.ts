import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type MemoryRow, memoryIndex } from '../query/testing/memory-index.ts';
import { withDerivedColumns } from '../select/index.ts';
import { computeStats } from './stats.ts';

const folder = path.resolve(import.meta.dirname, '../../../../shared/rollouts');
const files = existsSync(folder)
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => /rollouts.*\.jsonl$/.test(name) && !name.includes('materialized'),
    )
  : [];

/** Top-level scalars and the agent, as an index would have them. */
function toRow(line: string): MemoryRow {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'invalid';
    const scalars = Object.entries(value).filter(([, each]) => typeof each !== 'object' || each === null);
    const reference: unknown = Reflect.get(value, 'agent_ref');
    const agent: unknown = typeof reference === 'object' && reference !== null ? Reflect.get(reference, 'name') : undefined;
    return Object.fromEntries(typeof agent === 'string' ? [...scalars, ['agent', agent]] : scalars);
  } catch {
    return 'invalid';
  }
}

test.skipIf(files.length === 0)(
  'figures of every reference file equal plain ones (skipped without the reference files beside the project)',
  () => {
    for (const name of files) {
      const lines = readFileSync(path.join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '');
      const rows = lines.map(toRow);
      const parsed = lines.map((line, i) => (rows[i] === 'invalid' ? null : JSON.parse(line)));
      const stats = computeStats(withDerivedColumns(memoryIndex(rows, { lines: parsed }), [name]), [], []);
      const rollouts = rows.filter((row) => row !== 'invalid');
      expect(stats.rows, name).toBe(rollouts.length);
      for (const { name: column, ...counts } of stats.columns.slice(3)) {
        const values = rollouts.map((row) => row[column]);
        const missing = values.filter((value) => value === undefined).length;
        const nulls = values.filter((value) => value === null).length;
        expect(counts, `${name} ${column}`).toMatchObject({ missing, nulls, present: rollouts.length - missing - nulls });
        const metric = stats.metrics[column];
        if (!metric) continue;
        const numbers = values.filter((value) => value !== undefined && value !== null).map(Number);
        const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
        const std = Math.sqrt(numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / (numbers.length - 1));
        expect(metric, `${name} ${column}`).toMatchObject({ count: numbers.length, min: Math.min(...numbers), max: Math.max(...numbers) });
        expect(metric.mean, `${name} ${column}`).toBeCloseTo(mean, 9);
        if (numbers.length > 1) expect(metric.std, `${name} ${column}`).toBeCloseTo(std, 9);
      }
      const { tasks, withSignal, allEqual, single } = stats.groups;
      expect(withSignal + allEqual + single, name).toBe(tasks);
    }
  },
);
