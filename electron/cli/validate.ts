import type { Problem, ProblemExample, Severity } from '#shared/model/problem.ts';
import type { Validation } from '#shared/model/validation.ts';
import { requireRule } from '../engine/index.ts';
import { defineCommand, readingOptions } from './command.ts';
import { exitCodes } from './failure.ts';
import { writeSarif } from './sarif.ts';
import { progressLine } from './progress.ts';
import { countText, plural, printable } from './text.ts';
import { UsageError } from './usage-error.ts';
import { readingFrom, withDataset } from './with-dataset.ts';

const failures: Readonly<Record<string, readonly Severity[]>> = { error: ['error'], warning: ['error', 'warning'] };

export const validate = defineCommand({
  usage: 'validate PATH… [--json] [--max-examples N] [--rules ID,…] [--fail-on error|warning] [--sarif FILE]',
  about: 'Say what is wrong with the files: every rule that is broken, where, what it means and how to mend it.',
  options: {
    json: { kind: 'flag', about: 'print JSON (rollscope schema validate)' },
    'max-examples': { kind: 'integer', value: 'N', about: 'places shown of each problem (default: 5)', max: 1_000_000 },
    rules: { kind: 'list', value: 'ID,…', about: 'look for these rules only, such as json/invalid,reward/missing' },
    'fail-on': { kind: 'value', value: 'error|warning', about: 'what makes the exit code 1 (default: error)' },
    sarif: { kind: 'value', value: 'FILE', about: 'write a SARIF 2.1.0 report as well, for code review tools' },
    ...readingOptions,
  },
  async run(args, context) {
    const failOn = args.value('fail-on') ?? 'error';
    const failing = Object.hasOwn(failures, failOn) ? failures[failOn] : undefined;
    if (!failing) throw new UsageError(`--fail-on takes error or warning, not "${failOn}".`);
    const rules = args.list('rules').flatMap((list) => list.split(',').map((id) => id.trim()));
    for (const id of rules) requireRule(id);
    const reading = { ...readingFrom(args), hashes: true };
    return await withDataset(args.operands, reading, context, async ({ dataset, files, read }) => {
      await read();
      const line = progressLine(context);
      const found = await dataset
        .validate(
          { ...(rules.length > 0 && { rules }), examples: args.integer('max-examples') },
          { signal: context.signal, onProgress: (progress) => line.show(lookingText(progress)) },
        )
        .finally(() => line.clear());
      const named = withPaths(
        found,
        dataset.state().files.map(({ path }) => path),
        files,
      );
      const sarif = args.value('sarif');
      if (sarif !== undefined) writeSarif(sarif, named);
      context.stdout.write(args.flag('json') ? `${JSON.stringify(named, null, 2)}\n` : validationText(named));
      return named.problems.some(({ severity }) => failing.includes(severity)) ? exitCodes.dataErrors : exitCodes.done;
    });
  },
});

function lookingText({ rowsDone, rowsTotal }: { rowsDone: number; rowsTotal: number }): string {
  return `Looking through lines  ${Math.floor((rowsDone / rowsTotal) * 100)} %`;
}

/** Files as the user named them, in place of the engine's short names. */
function withPaths(found: Validation, names: readonly string[], files: readonly string[]): Validation {
  const shown = (example: ProblemExample): ProblemExample => ({ ...example, path: files[names.indexOf(example.path)] ?? example.path });
  return { ...found, problems: found.problems.map((problem) => ({ ...problem, examples: problem.examples.map(shown) })) };
}

/** The same for people. */
export function validationText({ rows, problems }: Validation): string {
  const counted = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const found = problems.filter((problem) => problem.severity === severity);
    return found.length === 0 ? [] : [`${plural(found.length, `kind of ${severity}`, `kinds of ${severity}`)}`];
  });
  const summary = counted.length === 0 ? 'nothing wrong found' : counted.join(', ');
  return [...problems.flatMap(problemLines), `${plural(rows, 'row')}: ${summary}`, ''].join('\n');
}

function problemLines({ rule, severity, count, rows, title, meaning, remedy, examples }: Problem): string[] {
  const times = count === 1 ? 'once' : `${countText(count)} times`;
  const lines = count === rows ? plural(count, 'line') : `${times}, in ${plural(rows, 'line')}`;
  return [
    `${severity} ${rule}: ${title} (${lines})`,
    `  ${meaning}`,
    `  → ${remedy}`,
    ...examples.map((example) => `  ${exampleText(example)}`),
    ...(rows > examples.length && examples.length > 0 ? [`  … and ${plural(rows - examples.length, 'more line')}`] : []),
    '',
  ];
}

function exampleText({ path, line, offset, byteOffset, at, message }: ProblemExample): string {
  const place = offset === undefined ? (at === undefined ? '' : ` at ${at}`) : ` byte ${offset} (${byteOffset ?? 0} of the file)`;
  return printable(`${path}:${line}${place}: ${message}`);
}
