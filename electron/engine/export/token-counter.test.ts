import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Recipe } from '#shared/model/recipe.ts';
import { chatMl, ChatTemplate } from '../chat-template/index.ts';
import { readTokenizer } from '../tokenizer/index.ts';
import { planExport, trainedExample } from './plan.ts';
import { runExport } from './run.ts';
import { type Lesson, trlAssistant } from './lessons/index.ts';
import { TokenCounter } from './token-counter.ts';
import { memorySource, recipeOf, rolloutLine, temporaryFolder } from './testing/source.ts';

const tokenizerPath = path.resolve('electron/engine/tokenizer/testing/bytes.tokenizer.json');
const text = readFileSync(tokenizerPath, 'utf8');
const sha256 = createHash('sha256').update(text).digest('hex');
const tokenizer = readTokenizer(text, 'tokenizer.json');

const soon = (): number => performance.now() + 10_000;

const answers = ['It is 1.5 kg.', 'How heavy is it? '.repeat(20), 'ß漢'.repeat(60), 'x'.repeat(2000)];
const source = { ...memorySource(answers.map((answer, i) => rolloutLine(i, 1, answer))), chat: { tokenizer: tokenizerPath } };

function recipe(most: number, more: Partial<Recipe> = {}): Recipe {
  const options = { 'max-length': most, longer: 'leave-out', 'length-by': 'tokenizer' };
  return { ...recipeOf('trl/sft', options), tokenizer: { name: 'tokenizer.json', sha256 }, ...more };
}

/** Counted here, of the whole text. */
function tokensOf(i: number): number {
  const messages = [
    { role: 'user', content: `question ${i}` },
    { role: 'assistant', content: answers[i] },
  ];
  return tokenizer.count(chatMl.render({ messages }, soon()).text, soon());
}

test('rows with more tokens than max-length are left out, those with as many stay', async () => {
  for (const [i] of answers.entries()) {
    const most = tokensOf(i);
    const fitting = answers.filter((_, j) => tokensOf(j) <= most).length;
    expect((await planExport(source, recipe(most))).rowsWritten).toBe(fitting);
    expect((await planExport(source, recipe(most - 1))).rowsWritten).toBeLessThan(fitting);
  }
  expect((await planExport(source, recipe(1))).excluded).toMatchObject([{ reason: 'length/too-long', count: 4 }]);
});

test('the recipe names the file by its hash, and holds to it', async () => {
  const { recipe: written } = await runExport(source, recipe(500), { folder: temporaryFolder(), overwrite: false });
  expect(written.tokenizer).toEqual({ name: 'tokenizer.json', sha256 });
  await expect(planExport({ ...source, chat: {} }, recipe(501))).rejects.toThrow(
    /counts tokens with tokenizer\.json \(sha256 [0-9a-f]{12}…\): name that file/,
  );
  const other = path.join(temporaryFolder(), 'tokenizer.json');
  writeFileSync(other, `${text} `);
  await expect(planExport({ ...source, chat: { tokenizer: other } }, recipe(502))).rejects.toThrow(
    /is not the file that the recipe counts tokens with/,
  );
  const { tokenizer: _, ...without } = recipe(503);
  await expect(planExport(source, without)).rejects.toThrow(/counts with a tokenizer\.json: name it by --tokenizer/);
});

test('a template of the user makes the texts that are counted; rows that it refuses have their reason', async () => {
  const file = path.join(temporaryFolder(), 'chat_template.jinja');
  const made = "{% if 'kg' in messages[-1].content %}{{ raise_exception('No weights.') }}{% endif %}{{ messages[-1].content }}";
  writeFileSync(file, made);
  const template = { name: 'chat_template.jinja', sha256: createHash('sha256').update(made).digest('hex') };
  const plan = await planExport({ ...source, chat: { tokenizer: tokenizerPath, template: file } }, recipe(400, { template }));
  expect(plan.excluded.map(({ reason, count }) => [reason, count])).toEqual(expect.arrayContaining([['length/template-refuses', 1]]));
  expect(plan.rowsWritten).toBe(answers.filter((answer) => !answer.includes('kg') && tokenizer.count(answer, soon()) <= 400).length);
});

test('where nothing is counted, the recipe forgets the file', async () => {
  const { recipe: written } = await runExport(
    source,
    { ...recipeOf('trl/sft'), tokenizer: { name: 'tokenizer.json', sha256 } },
    { folder: temporaryFolder(), overwrite: false },
  );
  expect(written.tokenizer).toBeUndefined();
});

/** Cuts at a pattern that tries all ways to read a run of letters. */
function endlessTokenizer(): { path: string; sha256: string } {
  const file = path.join(temporaryFolder(), 'tokenizer.json');
  const made = JSON.parse(text) as Record<string, unknown>;
  const pattern = { type: 'Split', pattern: { Regex: '(?:x+x+)+y' }, behavior: 'Isolated', invert: false };
  const written = JSON.stringify({ ...made, pre_tokenizer: { type: 'Sequence', pretokenizers: [pattern, made['pre_tokenizer']] } });
  writeFileSync(file, written);
  return { path: file, sha256: createHash('sha256').update(written).digest('hex') };
}

/** The conversation of a row as `trl/sft` gives it to whoever counts. */
function lessonOf(i: number): Lesson {
  const messages = [
    { role: 'user', content: `question ${i}` },
    { role: 'assistant', content: answers[i] },
  ];
  return { loss: 'tokens', chats: [{ part: 'conversation', messages, tools: undefined, answerFrom: 1 }], method: trlAssistant };
}

test('a tokenizer whose pattern never ends is named, where lengths are counted and in the preview', async () => {
  const endless = endlessTokenizer();
  const message = /tokenizer\.json takes too long to cut a text into tokens: a pattern in it may never end\. Choose another/;
  const counter = TokenCounter.open({ tokenizer: endless }, 200);
  expect(counter.isLonger(lessonOf(0), 100, 10)).toBe(true);
  expect(() => counter.isLonger(lessonOf(3), 100, 10)).toThrow(message);
  const chosen = { tokenizer: readTokenizer(readFileSync(endless.path, 'utf8'), 'tokenizer.json') };
  await expect(trainedExample(source, recipeOf('trl/sft'), 3, { tools: chosen })).rejects.toThrow(message);
  // The one before still works.
  expect(counter.isLonger(lessonOf(1), 100, 10)).toBe(true);
}, 60_000);

test('a template that never ends is named, and what it would render is not called refused', async () => {
  const file = path.join(temporaryFolder(), 'chat_template.jinja');
  const nested = ['a', 'b', 'c', 'd'].reduce((inner, name) => `{% for ${name} in range(9999) %}${inner}{% endfor %}`, '');
  writeFileSync(file, nested);
  const template = { path: file, sha256: createHash('sha256').update(nested).digest('hex') };
  const message = /chat_template\.jinja, line 1, takes too long for one conversation: it may never end\. Choose another chat template/;
  const counter = TokenCounter.open({ tokenizer: { path: tokenizerPath, sha256 }, template }, 200);
  expect(() => counter.isLonger(lessonOf(0), 100, 10)).toThrow(message);
  const chosen = { template: new ChatTemplate(nested, { name: 'chat_template.jinja' }) };
  await expect(trainedExample(source, recipeOf('trl/sft'), 0, { tools: chosen })).rejects.toThrow(message);
}, 60_000);
