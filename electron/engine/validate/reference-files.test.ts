import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createEngine } from '../engine.ts';
import { expectedFindings } from './testing/expected-findings.ts';

const folder = path.resolve(import.meta.dirname, '../../../../shared/rollouts');
const engine = createEngine({ version: 'test' });
afterAll(() => engine.close());

/** Rules that the plain computation knows. */
const families = /^(response\/(?!no-turn)|calls\/|reward\/(?!unusual)|row\/|task\/(duplicate-key|no-index|different-prompts))/;

test.skipIf(!existsSync(folder))('every finding of every reference file, and no other (skipped: no ../shared/rollouts here)', async () => {
  const files = globSync('*/*rollouts*.jsonl', { cwd: folder });
  expect(files.length).toBeGreaterThan(60);
  for (const file of files) {
    const whole = path.join(folder, file);
    const dataset = await engine.open([whole]);
    await dataset.watch();
    const { problems } = await dataset.validate({ examples: 1000 });
    const found = Object.fromEntries(
      problems.filter(({ rule }) => families.test(rule)).map(({ rule, examples }) => [rule, examples.map(({ line }) => line)]),
    );
    expect(found, file).toEqual(Object.fromEntries(expectedFindings(readFileSync(whole, 'utf8'))));
    await dataset.close();
  }
});
