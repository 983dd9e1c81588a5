import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isJsonObject, parseJson, type JsonObject } from '#shared/model/json.ts';
import { chatMl, ChatTemplate } from './index.ts';

const folder = path.join(import.meta.dirname, 'testing');
const parsed = parseJson(readFileSync(path.join(folder, 'python.json'), 'utf8'));
const cases = Array.isArray(parsed) ? parsed.filter(isJsonObject) : [];

/** Those that conformance/chat_fixtures.py gave to transformers, and their tokens. */
function templateOf(name: unknown): ChatTemplate {
  if (name === 'ChatML') return chatMl;
  const tokens = { bos_token: '<|endoftext|>', eos_token: '<|im_end|>' };
  return new ChatTemplate(readFileSync(path.join(folder, String(name)), 'utf8'), { name: String(name), tokens });
}

test('every text is that of transformers, and so is what stands in generation blocks', () => {
  expect(cases.length).toBeGreaterThan(60);
  for (const one of cases) expect(ours(one), `${String(one['template'])}, ${String(one['conversation'])}`).toEqual(theirs(one));
});

function ours({ template, messages, tools, generationPrompt, generated }: JsonObject) {
  const given = { messages: list(messages) ?? [], tools: list(tools), generationPrompt: generationPrompt === true };
  const made = templateOf(template).render(given, performance.now() + 10_000);
  return { text: made.text, generated: generated === null ? null : made.generated.map(([start, end]) => made.text.slice(start, end)) };
}

const theirs = ({ text, generated }: JsonObject) => ({ text, generated });
const list = (value: unknown): unknown[] | undefined => (Array.isArray(value) ? value : undefined);
