import type { TaskGroup } from '#shared/model/group.ts';

/** A place of a strip: a rollout, or one that was planned and is not there. */
export type Slot =
  | { readonly kind: 'rollout'; readonly row: number; readonly rollout: number | null; readonly value: number | null }
  | { readonly kind: 'missing'; readonly rollout: number | null };

/**
 * The strip of a group. Where every rollout has an index of its own below the planned number, what is missing stands at its
 * index, else at the end. What a filter leaves out has no place.
 */
export function slotsOf({ rows, rollouts, values, size, expected = 0, missing = 0 }: TaskGroup): Slot[] {
  const slots = rows.map((row, at): Slot => ({ kind: 'rollout', row, rollout: rollouts[at] ?? null, value: values[at] ?? null }));
  if (missing === 0 || rows.length < size) return slots;
  const indices = new Set(rollouts);
  const isWhole =
    indices.size === rows.length && size + missing === expected && rollouts.every((index) => index !== null && index < expected);
  if (!isWhole) return [...slots, ...Array.from({ length: missing }, (): Slot => ({ kind: 'missing', rollout: null }))];
  const byIndex = new Map(slots.map((slot) => [slot.rollout, slot]));
  return Array.from({ length: expected }, (_, index): Slot => byIndex.get(index) ?? { kind: 'missing', rollout: index });
}
