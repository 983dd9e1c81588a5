import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPlaywrightReport, readVitestReport } from './reports.ts';
import { readAllowedSkips, unexplainedSkips } from './skips.ts';
import { closingLine, Tally } from './tally.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'runner-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(value: unknown): string {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

test('counts the unit tests, and a file that does not even load', () => {
  const tally = readVitestReport(
    written({
      testResults: [
        {
          name: path.resolve('a.test.ts'),
          status: 'failed',
          assertionResults: [
            { fullName: 'adds', status: 'passed' },
            { fullName: 'divides', status: 'failed' },
            { fullName: 'waits', status: 'pending' },
          ],
        },
        { name: path.resolve('b.test.ts'), status: 'failed', message: 'no such module', assertionResults: [] },
      ],
    }),
  );
  expect(closingLine(tally)).toBe('1 passed, 2 failed, 1 skipped');
  expect(tally.failed).toEqual(['a.test.ts: divides', 'b.test.ts']);
  expect(tally.skipped).toEqual(['a.test.ts: waits']);
});

test('counts end-to-end tests in nested suites; a flaky one has failed', () => {
  const spec = (title: string, status: string, annotations: object[] = []) => ({
    title,
    file: 'x.spec.ts',
    tests: [{ projectName: 'browser', status, annotations }],
  });
  const tally = readPlaywrightReport(
    written({
      suites: [
        {
          title: 'x.spec.ts',
          specs: [spec('opens', 'expected')],
          suites: [
            { title: 'inner', specs: [spec('exports', 'flaky'), spec('prints', 'skipped', [{ type: 'skip', description: 'no printer' }])] },
          ],
        },
      ],
      errors: [{ message: 'worker died' }],
    }),
  );
  expect(closingLine(tally)).toBe('1 passed, 2 failed, 1 skipped');
  expect(tally.skipped).toEqual(['[browser] x.spec.ts: prints: no printer']);
});

test('a tally adds up', () => {
  const [all, part] = [new Tally(), new Tally()];
  all.pass();
  part.pass();
  part.skip('later');
  all.add(part);
  expect(closingLine(all)).toBe('2 passed, 0 failed, 1 skipped');
});

test('a skip needs a reason on the list', () => {
  const allowed = [{ name: '^desktop .*: no Electron', reason: 'machines without Electron' }];
  expect(unexplainedSkips(['desktop tests: no Electron binary', 'unit: slow'], allowed)).toEqual(['unit: slow']);
});

test('the committed list of allowed skips can be read', () => {
  expect(() => readAllowedSkips().map(({ name }) => new RegExp(name))).not.toThrow();
});
