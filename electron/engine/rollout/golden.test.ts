import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalConversation } from './canonical.ts';
import { gymConversation } from './gym.ts';
import { parseRollout } from './read-row.ts';

const shared = path.resolve(import.meta.dirname, '../../../../shared');
const golden = path.join(shared, 'golden/conversations');
const present = existsSync(golden);

const reference = z.looseObject({ file: z.string(), line: z.int(), error: z.string().optional() });
type Reference = z.infer<typeof reference>;

/** The lines of a file without the newline; U+2028 inside a string ends none. */
function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function references(): Reference[] {
  if (!present) return [];
  return readdirSync(golden).flatMap((name) => linesOf(path.join(golden, name)).map((line) => reference.parse(JSON.parse(line))));
}

function rolloutLine({ file, line }: Reference): Uint8Array {
  return new TextEncoder().encode(linesOf(path.join(shared, 'rollouts', file))[line]);
}

/** As JSON, so that an absent field and an undefined one are the same. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe.skipIf(!present)('reference files (skipped: ../shared/golden is not here)', () => {
  const all = references();
  const good = all.filter(({ error }) => error === undefined);
  const files = [...new Set(good.map(({ file }) => file))];

  test('there are references', () => {
    expect(good.length).toBeGreaterThan(250);
  });

  test.each(files)('%s: in the options of Gym, conversations equal its own', (file) => {
    for (const expected of good.filter((each) => each.file === file)) {
      const made = gymConversation(parseRollout(rolloutLine(expected)));
      expect(plain(made.messages), `line ${expected.line}`).toEqual(expected['messages']);
      expect(plain(made.tools), `line ${expected.line}`).toEqual(expected['tools'] ?? []);
    }
  });

  test('each line that Gym cannot convert, and what we make of it', () => {
    const made = all
      .filter(({ error }) => error !== undefined)
      .map((each) => `${path.dirname(each.file)} ${each.line}: ${whatWeMake(rolloutLine(each))}`)
      .sort();
    const lines = [0, 1, 2, 3, 4];
    expect(made).toEqual(
      [
        ...['browsecomp_advanced_harness', 'jailbreak_detection', 'over_refusal_detection'].flatMap((server) =>
          lines.map((line) => `${server} ${line}: invalid line`),
        ),
        ...['genrm_compare', 'multichallenge'].flatMap((server) => lines.map((line) => `${server} ${line}: prompt only, response/missing`)),
        ...lines.map((line) => `aviary ${line}: 1 message of the prompt and an answer, output/nested`),
      ].sort(),
    );
  });
});

function whatWeMake(line: Uint8Array): string {
  let row;
  try {
    row = parseRollout(line);
  } catch (error) {
    if (error instanceof SyntaxError) return 'invalid line';
    throw error;
  }
  const { messages, promptMessages, problems } = canonicalConversation(row, { reasoning: 'separate', arguments: 'parsed' });
  const rules = problems.map(({ rule }) => rule).join(' ');
  if (promptMessages === messages.length) return `prompt only, ${rules}`;
  const answered = messages.at(-1)?.role === 'assistant' || messages.at(-1)?.role === 'tool';
  return `${promptMessages} message of the prompt and ${answered ? 'an answer' : 'no answer'}, ${rules}`;
}
