import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Tally } from './tally.ts';

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.enum(['passed', 'failed', 'skipped', 'pending', 'todo', 'disabled', 'focused']) }),
      ),
    }),
  ),
});

/** Vitest's JSON report. A file that fails before its tests run counts as one failure. */
export function readVitestReport(file: string): Tally {
  const tally = new Tally();
  for (const { name, status, assertionResults } of vitestReport.parse(JSON.parse(readFileSync(file, 'utf8'))).testResults) {
    const where = path.relative('.', name);
    for (const test of assertionResults) {
      if (test.status === 'passed') tally.pass();
      else if (test.status === 'failed') tally.fail(`${where}: ${test.fullName}`);
      else tally.skip(`${where}: ${test.fullName}`);
    }
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) tally.fail(where);
  }
  return tally;
}

const annotation = z.object({ type: z.string(), description: z.string().optional() });
const spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({ projectName: z.string(), status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']), annotations: z.array(annotation) }),
  ),
});
interface Suite {
  readonly title: string;
  readonly specs: readonly z.infer<typeof spec>[];
  readonly suites?: readonly Suite[] | undefined;
}
const suite: z.ZodType<Suite> = z.lazy(() => z.object({ title: z.string(), specs: z.array(spec), suites: z.array(suite).optional() }));
const playwrightReport = z.object({ suites: z.array(suite), errors: z.array(z.object({ message: z.string().optional() })) });

/** Playwright's JSON report. A flaky test is a failed one. */
export function readPlaywrightReport(file: string): Tally {
  const tally = new Tally();
  const report = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  const visit = ({ specs, suites = [] }: Suite): void => {
    for (const { title, file: where, tests } of specs) {
      for (const { projectName, status, annotations } of tests) {
        const name = `[${projectName}] ${where}: ${title}`;
        const reasons = annotations.flatMap((each) => (each.type === 'skip' && each.description !== undefined ? [each.description] : []));
        if (status === 'expected') tally.pass();
        else if (status === 'skipped') tally.skip([name, ...reasons].join(': '));
        else tally.fail(status === 'flaky' ? `${name} (passed only when tried again)` : name);
      }
    }
    suites.forEach(visit);
  };
  report.suites.forEach(visit);
  for (const error of report.errors) tally.fail(error.message ?? 'Playwright failed');
  return tally;
}
