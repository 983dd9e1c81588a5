import { expect, test } from 'vitest';
import { initialModel, initialView, reduceView } from './view-state.ts';

const name = 'reward - 0.1 * truncated';

test('a column that is taken out is nowhere in the view any more, but for conditions', () => {
  const view = {
    ...initialView,
    added: ['a.b', name],
    metric: name,
    filter: [`\`${name}\` >= 0.5`],
    sort: [
      { column: name, descending: true },
      { column: 'tokens', descending: false },
    ],
    against: name,
  };
  const { view: next } = reduceView(initialModel(view), { type: 'column.remove', column: name });
  expect(next).toMatchObject({
    added: ['a.b'],
    metric: 'reward',
    sort: [{ column: 'tokens', descending: false }],
    against: null,
    filter: view.filter,
  });
});

test('a column is added once', () => {
  const once = reduceView(initialModel(), { type: 'column.add', column: name });
  expect(once.view.added).toEqual([name]);
  expect(reduceView(once, { type: 'column.add', column: name })).toBe(once);
});
