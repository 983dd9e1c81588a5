import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CellKind, readDataset, type RowIndex } from '../../electron/engine/index/index.ts';
import { openSource } from '../../electron/engine/source/index.ts';
import { expectedCells } from './expected-row.ts';
import { parseLine } from './parsed.ts';

const folder = path.resolve(import.meta.dirname, '../../../shared/rollouts');
const aliases: Record<string, string> = { rollout: '_ng_rollout_index', tokens: 'usage.output_tokens', tokens_in: 'usage.input_tokens' };

/** Compares every column of a rollout with its parsed line, and answers how many values it has. */
function compareRow(index: RowIndex, row: number, where: string): number {
  const expected = expectedCells(parseLine(index.readLine(row)));
  let values = 0;
  for (const column of index.columns()) {
    const want = expected.get(column.name) ?? expected.get(aliases[column.name] ?? '');
    expect(column.kinds()[row], `${column.name} of ${where}`).toBe(want?.kind ?? CellKind.missing);
    if (want?.kind === CellKind.string) expect(column.text(row), `${column.name} of ${where}`).toBe(want.value);
    if (want?.kind === CellKind.number) expect(column.numbers()[row], `${column.name} of ${where}`).toBe(want.value);
    if (want) values++;
  }
  return values;
}

test.skipIf(!existsSync(folder))(
  'every value of every reference file is in its column (skipped: no ../shared/rollouts here)',
  { timeout: 60_000 },
  async () => {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl'));
    expect(names.length).toBeGreaterThan(50);
    let values = 0;
    for (const name of names) {
      const source = openSource(path.join(folder, name));
      const { index, done, progress } = readDataset([source]);
      await done;
      const lines = readFileSync(source.path, 'utf8').split('\n');
      expect(progress().files[0]?.lines).toBe(lines.filter((line) => line.trim() !== '').length);
      for (let row = 0; row < index.rowCount; row++) {
        const { line } = index.place(row);
        expect(Buffer.from(index.readLine(row)).toString()).toBe(lines[line - 1]);
        expect(index.rowAtLine(0, line)).toBe(row);
        if (index.valid()[row] === 1) values += compareRow(index, row, `${name} row ${row}`);
      }
      source.close();
    }
    expect(values).toBeGreaterThan(5000);
  },
);
