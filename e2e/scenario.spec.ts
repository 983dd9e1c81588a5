import { test } from './fixtures.ts';
import { hasReferenceFiles, referenceFile, sample } from './paths.ts';
import { scenario } from './scenario.ts';

test('from opening the sample to an export that holds what was chosen', async ({ app }) => {
  await scenario(app, sample);
});

test('the same on a real file', async ({ app }) => {
  test.skip(!hasReferenceFiles, 'the reference files are not there');
  await scenario(app, referenceFile('newton_bench'));
});
