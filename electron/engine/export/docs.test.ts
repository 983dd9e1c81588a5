import path from 'node:path';
import { expect, test } from 'vitest';
import { targets } from './targets.ts';
import { targetsPage } from './testing/targets-page.ts';

test('docs/targets.md is what the code says', async () => {
  await expect(targetsPage()).toMatchFileSnapshot(path.resolve('docs/targets.md'));
});

test('every option says what it is, and depends on one that is there', () => {
  for (const { info } of targets)
    for (const { key, title, help, when } of info.options) {
      expect(`${key}: ${title}. ${help}`).toMatch(/^[a-z-]+: .{2,}\. .{20,}[.?]$/);
      if (when) expect(info.options.map((option) => option.key)).toContain(when.key);
    }
});
