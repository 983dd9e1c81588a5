import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { desktopParts, findBrowser, installBrowser } from './find.ts';
import { projectRoot } from './project-root.ts';
import { run, runTool } from './run.ts';
import { readPlaywrightReport, readVitestReport } from './reports.ts';
import { unexplainedSkips } from './skips.ts';
import { closingLine, Tally } from './tally.ts';

const groups = ['lint', 'unit', 'e2e'] as const;
type Group = (typeof groups)[number];

process.chdir(projectRoot);
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const only = groupsOf(values.only);
const ci = process.env['CI'] === 'true' || process.env['CI'] === '1';
const reports = 'node_modules/.cache/tests';
const tally = new Tally();

mkdirSync(reports, { recursive: true });
checkReferenceFiles();
if (only.has('lint')) {
  step('lint', () => runTool('oxlint', ['--deny-warnings']));
  step('types', () => runTool('tsc', ['-b', '--force']));
  step('format', () => runTool('oxfmt', ['--check']));
}
if (only.has('unit') || only.has('e2e')) step('build', () => run(process.execPath, ['scripts/build.mjs', '--if-changed']));
if (only.has('unit')) {
  const report = `${reports}/vitest.json`;
  tests('unit tests', report, readVitestReport, () =>
    runTool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]),
  );
}
if (only.has('e2e')) endToEnd();
finish();

function groupsOf(names: readonly string[] | undefined): ReadonlySet<Group> {
  if (names === undefined) return new Set(groups);
  return new Set(
    names.map((name) => {
      const group = groups.find((each) => each === name);
      if (group === undefined) throw new Error(`--only takes ${groups.join(', ')}, not "${name}".`);
      return group;
    }),
  );
}

/** Tests on the reference files skip themselves where those are missing; a build must not pass that way. */
function checkReferenceFiles(): void {
  if (existsSync('../shared/rollouts')) return;
  const message = '../shared/rollouts: the reference files are missing';
  if (ci) tally.fail(message);
  else say(`${message}; the tests that need them are skipped.`);
}

function step(name: string, action: () => boolean): void {
  say(name);
  if (!action()) tally.fail(name);
}

/** `report` is what the tool wrote about its tests; a tool that fails without failing a test counts as one failure. */
function tests(name: string, report: string, read: (file: string) => Tally, action: () => boolean): void {
  say(name);
  rmSync(report, { force: true });
  const passed = action();
  const found = existsSync(report) ? read(report) : new Tally();
  if (!passed && found.failed.length === 0) found.fail(name);
  if (passed && found.passed === 0) found.fail(`${name}: no test ran`);
  tally.add(found);
}

function endToEnd(): void {
  const browser = findBrowser() ?? installBrowser();
  const desktop = desktopParts();
  const projects: string[] = [];
  if (browser === null) skipPart('browser end-to-end tests', 'no Chromium was found, and none could be installed');
  else {
    say(`browser: ${browser}`);
    projects.push('browser');
  }
  if ('missing' in desktop) skipPart('desktop end-to-end tests', desktop.missing);
  else {
    say(`desktop: ${desktop.electron}${desktop.wrapper.length > 0 ? `, display by ${desktop.wrapper[0]}` : ''}`);
    projects.push('desktop');
  }
  if (projects.length === 0) return;
  const report = `${reports}/playwright.json`;
  const options = projects.flatMap((project) => ['--project', project]);
  const wrapper = 'missing' in desktop ? [] : desktop.wrapper;
  tests('end-to-end tests', report, readPlaywrightReport, () =>
    runTool('playwright', ['test', ...options], { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report }, wrapper }),
  );
}

function skipPart(name: string, reason: string): void {
  say(`SKIPPED: ${name}: ${reason}.`);
  tally.skip(`${name}: ${reason}`);
}

function finish(): never {
  if (ci) for (const name of unexplainedSkips(tally.skipped)) tally.fail(`skipped, but not in scripts/allowed-skips.json: ${name}`);
  if (tally.skipped.length > 0) console.log(`\nSkipped:\n${tally.skipped.map((name) => `  ${name}`).join('\n')}`);
  if (tally.failed.length > 0) console.log(`\nFailed:\n${tally.failed.map((name) => `  ${name}`).join('\n')}`);
  console.log(`\n${closingLine(tally)}`);
  process.exit(tally.failed.length > 0 ? 1 : 0);
}

function say(text: string): void {
  console.log(`\n── ${text}`);
}
