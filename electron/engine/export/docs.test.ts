import path from 'node:path';
import { expect, test } from 'vitest';
import { isInForce } from '#shared/model/target.ts';
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

test('over pairs of own fields a cap draws nothing, so that no seed is asked for; by hand nothing is capped', () => {
  const info = targets.find(({ info: each }) => each.target === 'custom/map')?.info;
  const shown = (key: string, values: Readonly<Record<string, string | number>>): boolean | undefined => {
    const option = info?.options.find((each) => each.key === key);
    return option && info && isInForce(info.options, option, (other) => values[other.key] ?? other.default);
  };
  expect(shown('seed', { unit: 'rollouts', 'cap-per-task': 2 })).toBe(true);
  expect(shown('seed', { unit: 'labelled', 'cap-per-task': 2 })).toBe(true);
  expect(shown('seed', { unit: 'pairs', 'cap-per-task': 2 })).toBe(false);
  expect(shown('seed', { unit: 'pairs', 'cap-per-task': 2, 'cap-per-agent': 1 })).toBe(true);
  expect(shown('cap-per-task', { unit: 'pairs' })).toBe(true);
  expect(shown('cap-per-task', { unit: 'pairs', pairs: 'by-hand' })).toBe(false);
  // What is chosen for pairs says nothing of rollouts.
  expect(shown('cap-per-task', { unit: 'rollouts', pairs: 'by-hand' })).toBe(true);
  expect(shown('cap-per-task', { unit: 'tasks' })).toBe(false);
});
