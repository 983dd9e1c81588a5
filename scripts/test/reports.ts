import { existsSync, readFileSync } from 'node:fs';
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
const result = z.object({ attachments: z.array(z.object({ name: z.string(), path: z.string().optional() })) });
const spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string(),
      status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
      annotations: z.array(annotation),
      results: z.array(result),
    }),
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
  for (const { name, status, annotations } of testsOf(report.suites)) {
    const reasons = annotations.flatMap((each) => (each.type === 'skip' && each.description !== undefined ? [each.description] : []));
    if (status === 'expected') tally.pass();
    else if (status === 'skipped') tally.skip([name, ...reasons].join(': '));
    else tally.fail(status === 'flaky' ? `${name} (passed only when tried again)` : name);
  }
  for (const error of report.errors) tally.fail(error.message ?? 'Playwright failed');
  return tally;
}

/** What the page showed where a test failed, as Playwright wrote it beside the report: all that remains of a run elsewhere. */
export function readPageSnapshots(file: string): { readonly name: string; readonly lines: readonly string[] }[] {
  const report = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  return testsOf(report.suites).flatMap(({ name, results }) => {
    const context = results.flatMap(({ attachments }) => attachments).find((each) => each.name === 'error-context')?.path;
    if (context === undefined || !existsSync(context)) return [];
    const [, snapshot] = /^```yaml\n([^]*?)^```$/m.exec(readFileSync(context, 'utf8')) ?? [];
    return snapshot === undefined ? [] : [{ name, lines: snapshot.trimEnd().split('\n') }];
  });
}

type Test = z.infer<typeof spec>['tests'][number] & { readonly name: string };

function testsOf(all: readonly Suite[]): Test[] {
  return all.flatMap(({ specs, suites = [] }) => [
    ...specs.flatMap(({ title, file, tests }) => tests.map((test) => ({ ...test, name: `[${test.projectName}] ${file}: ${title}` }))),
    ...testsOf(suites),
  ]);
}
