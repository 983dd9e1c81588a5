import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import { chatMl, ChatTemplate } from '../../chat-template/index.ts';
import { readTokenizer } from '../../tokenizer/index.ts';
import { resolveOptions } from '../options.ts';
import { targetOf } from '../targets.ts';
import { teach } from './index.ts';

const kept = parseJson(readFileSync(path.join(import.meta.dirname, 'testing', 'trainers.json'), 'utf8'));
const { conversations, masks } = isJsonObject(kept) ? kept : {};
const testing = path.resolve('electron/engine/chat-template/testing');
const bytes = readTokenizer(readFileSync(path.resolve('electron/engine/tokenizer/testing/bytes.tokenizer.json'), 'utf8'), 'tokenizer.json');

/** As conformance/chat_fixtures.py gave them to the trainers. */
function templateOf(name: string): ChatTemplate {
  if (name === 'ChatML') return chatMl;
  const source = readFileSync(path.join(testing, name), 'utf8');
  const tokens = { eos_token: '<|im_end|>', ...(source.includes('bos_token') && { bos_token: '<|endoftext|>' }) };
  return new ChatTemplate(source, { name, tokens });
}

const list = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);

/** The parts of a row of the target, as its map would give them. */
function partsOf(target: string, { messages, tools }: JsonObject): JsonObject[] {
  const all = list(messages);
  const shared = { tools: tools ?? null };
  const first = all.findIndex((message) => isJsonObject(message) && message['role'] === 'assistant');
  const chosen = { prompt: all.slice(0, first), completion: all.slice(first), ...shared };
  if (target === 'trl/sft-prompt-completion') return [chosen];
  if (target.endsWith('/sft')) return [{ messages: all, ...shared }];
  if (target === 'nemo-rl/preference') return [chosen];
  return [chosen, { ...chosen, completion: [{ role: 'assistant', content: 'No.' }] }];
}

/** Targets whose trainers pass no tools have none in their rows. */
const toolless = /^(openrlhf|nemo-rl\/preference)/;

function lessonOf(target: string, row: JsonObject) {
  const { info, lesson } = targetOf(target);
  const given = toolless.test(target) ? { ...row, tools: null } : row;
  return lesson?.(partsOf(target, given), resolveOptions(info, {}), 0);
}

/** Undefined where it is said that only the trainer's tokens would tell. */
function trainedRuns(target: string, row: JsonObject, template: ChatTemplate): string[][] | undefined {
  const { texts, notes } = teach(lessonOf(target, row), { template });
  if (notes.some((note) => note.includes('depends on its tokens'))) return undefined;
  return texts.map(({ pieces }) => {
    const runs: string[] = [];
    // Trainers' masks do not tell messages apart, but those of NeMo-RL.
    const apart = target.startsWith('nemo-rl');
    pieces.forEach(({ text, trained }, i) => {
      if (!trained) return;
      if (!apart && pieces[i - 1]?.trained === true) runs[runs.length - 1] += text;
      else runs.push(text);
    });
    return runs;
  });
}

const targets = [
  'nemo-rl/sft',
  'nemo-rl/preference',
  'verl/sft',
  'openrlhf/sft',
  'openrlhf/dpo',
  'trl/sft',
  'trl/sft-prompt-completion',
  'trl/dpo',
];

describe.each(Object.entries(isJsonObject(masks) ? masks : {}))('with %s', (name, rows) => {
  const template = templateOf(name);
  const found = Object.entries(isJsonObject(rows) ? rows : {});

  test.each(targets)('what %s trains on is what its trainer does', (target) => {
    let compared = 0;
    for (const [title, trainers] of found) {
      const row = isJsonObject(conversations) ? conversations[title] : undefined;
      const theirs = isJsonObject(trainers) ? trainers[target] : undefined;
      if (theirs === undefined || !isJsonObject(row)) continue;
      const ours = trainedRuns(target, row, template);
      // Where the template has no prefixes.
      if (!ours) expect([target, name]).toEqual(['openrlhf/sft', 'thinking.jinja']);
      if (!ours) continue;
      // Of pairs, all behind the prompt is one run on each side.
      expect(target.endsWith('/dpo') ? ours.map((runs) => runs.join('')) : ours[0], `${target}, ${title}`).toEqual(theirs);
      compared++;
    }
    const hasGeneration = template.hasGeneration || !target.startsWith('trl/');
    expect(compared > 0).toBe(hasGeneration);
  });

  test('rows that verl refuses are told', () => {
    for (const [title, trainers] of found) {
      const row = isJsonObject(conversations) ? conversations[title] : undefined;
      if (!isJsonObject(row) || !isJsonObject(trainers)) continue;
      const { notes } = teach(lessonOf('verl/sft', row), { template });
      expect(
        notes.some((note) => note.includes('verl stops')),
        title,
      ).toBe(trainers['verl/sft refused'] === true);
    }
  });

  test('tokens add up, and begin where they do', () => {
    for (const target of targets)
      for (const row of Object.values(isJsonObject(conversations) ? conversations : {})) {
        if (!isJsonObject(row)) continue;
        for (const { pieces, tokens, trainedTokens } of teach(lessonOf(target, row), { template, tokenizer: bytes }).texts) {
          expect(pieces.reduce((sum, piece) => sum + piece.tokens, 0)).toBe(tokens);
          expect(pieces.every(({ edges = [], text }) => edges.every((at) => at >= 0 && at < text.length))).toBe(true);
          expect(trainedTokens).toBeLessThanOrEqual(tokens);
        }
      }
  });
});
