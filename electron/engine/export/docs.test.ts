import path from 'node:path';
import { expect, test } from 'vitest';
import { targets } from './targets.ts';
import { targetsPage } from './testing/targets-page.ts';

test('docs/targets.md is what the code says', async () => {
  await expect(targetsPage()).toMatchFileSnapshot(path.resolve('docs/targets.md'));
});

test('every option says what it is, and depends on one that is there', () => {
  for (const { info } of targets)
    for (const { key, title, help, when, idle = [] } of info.options) {
      expect(`${key}: ${title}. ${help}`).toMatch(/^[a-z-]+: .{2,}\. .{20,}[.?]$/);
      const others = info.options.flatMap((option) => option.key);
      if (when) expect(others).toContain(when.key);
      if (idle.length > 0)
        expect(
          idle.some((each) => others.includes(each.key)),
          `${info.target} ${key}`,
        ).toBe(true);
    }
});
