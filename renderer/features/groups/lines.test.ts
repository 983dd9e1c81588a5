import { expect, test } from 'vitest';
import { lineAt, lineCount, lineOf, moveBy, shownBy, type OpenGroup, type Stop } from './lines.ts';

const open: OpenGroup = { index: 2, rollouts: 3 };

test('without an open group a line is a group', () => {
  expect([lineCount(5, null), lineAt(4, null)]).toEqual([5, { kind: 'group', index: 4 }]);
  expect(shownBy({ start: 1, end: 9 }, 5, null)).toEqual({ groups: { start: 1, end: 5 }, rollouts: { start: 0, end: 0 } });
});

test('an open group has a caption, its rollouts and a foot below it', () => {
  const lines = Array.from({ length: lineCount(5, open) }, (_, line) => lineAt(line, open));
  expect(lines.map((line) => (line.kind === 'group' ? line.index : line.kind === 'rollout' ? `r${line.at}` : line.kind))).toEqual([
    0,
    1,
    2,
    'caption',
    'r0',
    'r1',
    'r2',
    'foot',
    3,
    4,
  ]);
  lines.forEach((line, at) => {
    if (line.kind === 'group' || line.kind === 'rollout') expect(lineOf(line, open)).toBe(at);
  });
});

test('keys go over groups and rollouts, and over nothing else', () => {
  const walk: Stop[] = [{ kind: 'group', index: 0 }];
  for (let step = 0; step < 9; step++) walk.push(moveBy(walk[step] ?? { kind: 'group', index: 0 }, 1, 5, open));
  const names = walk.map((stop) => (stop.kind === 'group' ? stop.index : `r${stop.at}`));
  expect(names).toEqual([0, 1, 2, 'r0', 'r1', 'r2', 3, 4, 4, 4]);
  expect(moveBy({ kind: 'group', index: 4 }, -3, 5, open)).toEqual({ kind: 'rollout', at: 1 });
  expect(moveBy({ kind: 'rollout', at: 1 }, -99, 5, open)).toEqual({ kind: 'group', index: 0 });
});

test('what is in view is asked for, of groups and of rollouts', () => {
  expect(shownBy({ start: 0, end: 10 }, 5, open)).toEqual({ groups: { start: 0, end: 5 }, rollouts: { start: 0, end: 3 } });
  expect(shownBy({ start: 5, end: 7 }, 5, open)).toEqual({ groups: { start: 3, end: 3 }, rollouts: { start: 1, end: 3 } });
  expect(shownBy({ start: 8, end: 99 }, 5, open)).toEqual({ groups: { start: 3, end: 5 }, rollouts: { start: 3, end: 3 } });
});
