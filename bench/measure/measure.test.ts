import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeFile } from '../generate/write.ts';
import { bundleChild } from './bundle.ts';
import { measure } from './measure.ts';
import { countNewlines, parseLines } from './peers/plain.ts';
import { checkAnswers } from './suites/scan.ts';
import { suites } from './suites/index.ts';
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

test('answers that differ from those of a peer stop the run', () => {
  const ours = { rows: 2, rewards: 2, rewardSum: 1, tasks: 2, taskSum: 1, rolloutSum: 1, agents: 2, statuses: 2 };
  checkAnswers(ours, ours, ours);
  expect(() => checkAnswers(ours, { ...ours, taskSum: 2 }, ours)).toThrow('taskSum: 1 by the engine, 2 by its peer');
  expect(() => checkAnswers(ours, { ...ours, rewardSum: 1.001 }, ours)).toThrow('rewards add up to 1');
  expect(() => checkAnswers(ours, ours, { rows: 3 })).toThrow('rows');
});

describe('the table', () => {
  test('says how many times better than the peer', () => {
    expect(rate('scan', 2e6, 1, { name: 'parse', seconds: 4 }).peer?.ratio).toBe(4);
    expect(atMost('first rows', 50, 'ms', 200).peer?.ratio).toBe(4);
  });

  test('lines up its columns', () => {
    const [head = '', first = '', second = ''] = table([
      rate('scan', 2e6, 1, { name: 'parse', seconds: 4, wanted: 3 }),
      atMost('memory', 120, 'MB'),
    ]).split('\n');
    expect(first).toMatch(/^scan +2\.00 MB\/s +parse +0\.50 MB\/s +4\.00× +3×$/);
    expect(second).toMatch(/^memory +120 MB$/);
    expect(head.indexOf('peer')).toBe(first.indexOf('parse'));
  });
});

const scanThread = path.resolve('.vite/build/scan-thread.cjs');
test.skipIf(!existsSync(scanThread))(
  'a small run measures everything, and answers equal those of the peers (skipped where the app is not built)',
  async () => {
    const report = await measure({ suites, bytes: 10_000_000, threads: 2, rounds: 1, child: await bundleChild(), scanThread });
    expect(report.suites.map(({ name }) => name)).toEqual(suites.map(({ name }) => name));
    for (const { name, lines } of report.suites) {
      expect(lines.length, name).toBeGreaterThan(1);
      for (const line of lines) {
        expect(line.figure, line.name).toBeGreaterThan(0);
        if (line.peer !== undefined) expect(line.peer.ratio, line.name).toBeGreaterThan(0);
      }
    }
  },
  240_000,
);
