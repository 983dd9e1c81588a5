import type { GroupOrder } from '#shared/model/group.ts';
import type { GroupsView } from '../../state/view-parts.ts';

type Order = Pick<GroupsView, 'by' | 'descending'>;

/** Ascending, descending, the order of the files. */
export function nextOrder({ by, descending }: Order, order: GroupOrder): Order {
  if (order === 'task') return { by: 'task', descending: by === 'task' && !descending };
  if (by !== order) return { by: order, descending: false };
  return descending ? { by: 'task', descending: false } : { by: order, descending: true };
}
