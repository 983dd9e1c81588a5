import { test } from '../fixtures.ts';
import { generatedFile } from '../made-files.ts';
import { hasReferenceFiles, referenceFiles } from '../paths.ts';
import { askAll } from './asking.ts';
import * as ask from './questions.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('what a newcomer asks of a generated file', async ({ app }) => {
  const file = generatedFile(app.folder, 800, { odd: 0.1, kinds: ['truncated', 'null-reward'] });
  await askAll(
    app,
    [file],
    [
      ask.losesMost,
      ask.sometimesSolved,
      ask.disagreesMost,
      ask.cutOff,
      ask.pairsLeft(file),
      ask.longest,
      ask.speakOf('traceback'),
      ask.withoutReward,
      ask.callAndFail,
      ask.signalByAgent,
    ],
  );
});

test('what a newcomer asks of real files', async ({ app }) => {
  test.skip(!hasReferenceFiles, 'the reference files are not there');
  await askAll(app, referenceFiles(), [
    ask.passing,
    ask.outside,
    ask.sometimesSolved,
    ask.noRollouts,
    ask.withoutResponse,
    ask.answersMost,
    ask.best,
    ask.longest,
    ask.speakOf('python'),
    ask.callAndFail,
    ask.median,
  ]);
});
