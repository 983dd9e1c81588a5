import { expect, test } from 'vitest';
import { splitCondition } from './split.ts';
import { initialModel, initialView, reduceView, type ViewAction, type ViewModel } from './view-state.ts';

function after(...actions: ViewAction[]): ViewModel {
  return actions.reduce(reduceView, initialModel());
}

test('a condition is added once, and undo and redo walk the filter', () => {
  const add: ViewAction = { type: 'filter.add', condition: 'turns < 10' };
  const model = after(add, add, { type: 'filter.add', condition: 'truncated' });
  expect(model.view.filter).toEqual(['turns < 10', 'truncated']);
  const undone = reduceView(model, { type: 'filter.undo' });
  expect(undone.view.filter).toEqual(['turns < 10']);
  expect(reduceView(undone, { type: 'filter.redo' }).view.filter).toEqual(['turns < 10', 'truncated']);
  expect(reduceView(undone, { type: 'filter.remove', index: 0 }).future).toEqual([]);
  expect(after({ type: 'filter.undo' })).toEqual(initialModel());
});

test('using a draft adds it, or takes the place of the range its column has', () => {
  const used = after({ type: 'draft.set', condition: 'reward >= 0.5' }, { type: 'draft.use' });
  expect(used.view).toMatchObject({ filter: ['reward >= 0.5'], draft: null });
  const moved = [
    { type: 'filter.add', condition: 'truncated' },
    { type: 'draft.set', condition: 'reward between 0.2 and 0.8' },
    { type: 'draft.use' },
  ] as const;
  expect(moved.reduce(reduceView, used).view.filter).toEqual(['reward between 0.2 and 0.8', 'truncated']);
});

test('sort goes up, down, off; shift adds keys', () => {
  const click = (column: string, add = false): ViewAction => ({ type: 'sort', column, add });
  expect(after(click('reward')).view.sort).toEqual([{ column: 'reward', descending: false }]);
  expect(after(click('reward'), click('reward')).view.sort).toEqual([{ column: 'reward', descending: true }]);
  expect(after(click('reward'), click('reward'), click('reward')).view.sort).toEqual([]);
  expect(after(click('reward'), click('turns', true), click('reward', true)).view.sort).toEqual([
    { column: 'reward', descending: true },
    { column: 'turns', descending: false },
  ]);
  expect(after(click('reward'), click('turns')).view.sort).toEqual([{ column: 'turns', descending: false }]);
});

test('Esc steps back: draft, reader, lens, selection', () => {
  let model = after({ type: 'lens', lens: 'problems' }, { type: 'read', row: 7 }, { type: 'draft.set', condition: 'reward >= 1' });
  model = reduceView(model, { type: 'back' });
  expect(model.view).toMatchObject({ draft: null, reader: { row: 7, full: false } });
  model = reduceView(model, { type: 'back' });
  expect(model.view).toMatchObject({ reader: null, lens: 'problems', selected: 7 });
  model = reduceView(model, { type: 'back' });
  expect(model.view).toMatchObject({ lens: 'rollouts', selected: 7 });
  expect(reduceView(model, { type: 'back' }).view.selected).toBeNull();
});

test('the reader keeps its width and forgets the message of another row', () => {
  const model = after({ type: 'read', row: 1, full: true }, { type: 'message', message: 4 }, { type: 'read', row: 2 });
  expect(model.view).toMatchObject({ selected: 2, reader: { row: 2, full: true }, message: null });
});

test('another metric starts without a mark or a draft', () => {
  const model = after(
    { type: 'passMark', passMark: 0.9 },
    { type: 'draft.set', condition: 'reward >= 1' },
    { type: 'metric', metric: 'turns' },
  );
  expect(model.view).toMatchObject({ metric: 'turns', passMark: null, draft: null });
});

test("a draft for exports only leaves the filter alone; ranges of a column take each other's place", () => {
  const model = after(
    { type: 'draft.set', condition: 'reward >= 0.5' },
    { type: 'rival', condition: 'reward >= 0.7' },
    { type: 'draft.export' },
    { type: 'draft.set', condition: 'reward >= 0.6' },
    { type: 'draft.export' },
  );
  expect(model.view).toMatchObject({ filter: [], exportOnly: ['reward >= 0.6'], draft: null, rival: null });
  expect(model.past).toEqual([]);
});

test('a draft that splits chosen from rejected becomes two conditions and the pass mark', () => {
  const model = after({ type: 'draft.set', condition: splitCondition({ column: 'reward', at: 0.6 }) }, { type: 'draft.use' });
  expect(model.view).toMatchObject({ filter: ['group.max >= 0.6', 'group.min < 0.6'], passMark: 0.6, draft: null });
});

test('what the reader shows goes from rollout to rollout, and with it when it closes', () => {
  const read = after({ type: 'read', row: 3 }, { type: 'reader.tab', tab: 'raw' }, { type: 'read', row: 4 });
  expect(read.view).toMatchObject({ reader: { row: 4 }, readerTab: 'raw' });
  expect(reduceView(read, { type: 'read.close' }).view.readerTab).toBe('conversation');
  expect(reduceView(read, { type: 'back' }).view.readerTab).toBe('conversation');
});

test('a condition that is changed into another one there is becomes that one', () => {
  const model = after({ type: 'filter.set', filter: ['a', 'b'] }, { type: 'filter.replace', index: 1, condition: 'a' });
  expect(model.view.filter).toEqual(['a']);
  expect(reduceView(model, { type: 'filter.undo' }).view.filter).toEqual(['a', 'b']);
});

test('a search takes the place of the list, and a view that is recalled keeps the rollout at hand', () => {
  const pattern = { text: 'x', regex: false, ignoreCase: true, scopes: ['messages' as const] };
  const model = after({ type: 'lens', lens: 'problems' }, { type: 'search', search: pattern }, { type: 'read', row: 3 });
  expect(model.view).toMatchObject({ lens: 'rollouts', search: pattern });
  expect(reduceView(reduceView(model, { type: 'back' }), { type: 'back' }).view.search).toBeNull();
  const recalled = reduceView(model, { type: 'recall', view: { ...initialView, filter: ['turns < 3'], metric: 'turns' } });
  expect(recalled.view).toMatchObject({ filter: ['turns < 3'], metric: 'turns', reader: { row: 3 }, search: null });
  expect(reduceView(recalled, { type: 'filter.undo' }).view.filter).toEqual([]);
});
