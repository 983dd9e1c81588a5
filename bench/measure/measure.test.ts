import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeFile } from '../generate/write.ts';
import { bundleChild } from './bundle.ts';
import { measure } from './measure.ts';
import { countNewlines, parseLines } from './plain.ts';
import { atMost, rate, table } from './table.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the plain peers count what is there', () => {
  const file = path.join(folder, 'plain.jsonl');
  const plan = { seed: 3, size: 'real', rollouts: 4, checkpoint: 0, odd: 0.5, kinds: ['placeholder', 'null-reward'] } as const;
  const { rows } = writeFile(file, plan, { rows: 120, crlf: false, bom: false, cutEnd: false });
  expect(countNewlines(file).lines).toBe(rows);
  const parsed = parseLines(file);
  expect(parsed.rows).toBeLessThan(rows);
  expect(parsed.rewards).toBeLessThan(parsed.rows);
  expect(parsed.rewards).toBeGreaterThan(0);
});

describe('the table', () => {
  test('says how many times better than the peer', () => {
    expect(rate('scan', 2e6, 1, { name: 'parse', seconds: 4 }).peer?.ratio).toBe(4);
    expect(atMost('first rows', 50, 'ms', 200).peer?.ratio).toBe(4);
  });

  test('lines up its columns', () => {
    const [head = '', first = '', second = ''] = table([
      rate('scan', 2e6, 1, { name: 'parse', seconds: 4 }),
      atMost('memory', 120, 'MB'),
    ]).split('\n');
    expect(first).toMatch(/^scan +2\.00 MB\/s +parse +0\.50 MB\/s +4\.00×$/);
    expect(second).toMatch(/^memory +120 MB$/);
    expect(head.indexOf('peer')).toBe(first.indexOf('parse'));
  });
});

const scanThread = path.resolve('.vite/build/scan-thread.cjs');
test.skipIf(!existsSync(scanThread))(
  'one small run measures everything, and all peers see the same rows (skipped where the app is not built)',
  async () => {
    const report = measure({ bytes: 2_000_000, threads: 2, rounds: 1, child: await bundleChild(), scanThread });
    expect(report.bytes).toBeGreaterThanOrEqual(2_000_000);
    expect(report.rows).toBeGreaterThan(10);
    expect(report.lines.length).toBeGreaterThanOrEqual(10);
    for (const { name, figure, peer } of report.lines) {
      expect(figure, name).toBeGreaterThan(0);
      if (peer !== undefined) expect(peer.ratio, name).toBeGreaterThan(0);
    }
  },
  60_000,
);
