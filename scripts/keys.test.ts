import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const renderer = path.join(import.meta.dirname, '../renderer');
/** The table itself, and what reads it. */
const own = new Set(['ui/key-table.ts', 'ui/key-press.ts']);

const byHand = [
  /\b(?:event|press|key)\.(?:key|code|which|keyCode)\b/,
  /'(?:Enter|Escape|Tab|Backspace|Arrow(?:Up|Down|Left|Right)|Page(?:Up|Down))'/,
];

test('no component reads a key by itself: every key is a line of the key table', () => {
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.|^testing\//.test(file) && !own.has(file),
  );
  expect(files.length).toBeGreaterThan(200);
  const found = files.flatMap((file) =>
    readFileSync(path.join(renderer, file), 'utf8')
      .split('\n')
      .filter((line) => byHand.some((pattern) => pattern.test(line)))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
