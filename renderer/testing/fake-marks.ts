import type { RolloutMarks } from '#shared/model/marks.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { PageContract } from '../data/client.tsx';
import type { FakeDataset } from './fake-dataset.ts';

const none: RolloutMarks = { star: false, tags: [], note: '', carriedOver: false };

/** Review marks that last as long as the page. */
export function fakeMarks(dataset: FakeDataset): Pick<Handlers<PageContract>, 'rollout.marks' | 'rollout.mark' | 'review.next'> {
  const marks = new Map<number, RolloutMarks>();
  return {
    'rollout.marks': async ({ row }) => marks.get(row) ?? none,
    'rollout.mark': async ({ row, set: { star, tags, note } }) => {
      const before = marks.get(row) ?? none;
      marks.set(row, { ...before, star: star ?? before.star, tags: tags ?? before.tags, note: note ?? before.note });
      return {};
    },
    'review.next': async ({ query, row, stratified }) => {
      const rows = dataset.order(query).map((each) => dataset.all.indexOf(each));
      const left = rows.filter((each) => !marks.has(each));
      const next = left.find((each) => rows.indexOf(each) > rows.indexOf(row ?? -1)) ?? left[0] ?? null;
      return {
        row: next,
        decided: rows.length - left.length,
        undecided: left.length,
        ...(stratified && next !== null && { band: { low: 0, high: 0.2 } }),
      };
    },
  };
}
