import { useEffect, useRef, useState, type PointerEvent } from 'react';
import type { PlacedColumn } from './column-sizes.ts';
import { isKey } from '../../ui/key-press.ts';

interface Lift {
  readonly name: string;
  /** The column it would stand before, null: behind the last. */
  readonly before: string | null;
  /** Where it would begin, in px of the table. */
  readonly edge: number;
}

/** Px that a press may move and still be a click. */
const still = 5;

/** Dragging a column by its head to another place. */
export function useLift(placed: readonly PlacedColumn[], onDrop: (name: string, before: string | null) => void) {
  const [lift, setLift] = useState<Lift | null>(null);
  const latest = useRef({ placed, onDrop });
  useEffect(() => {
    latest.current = { placed, onDrop };
  });

  function start(name: string, event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    const grip = event.currentTarget;
    const head = grip.closest<HTMLElement>('[role=row]');
    if (head === null) return;
    const from = event.clientX;
    let current: Lift | null = null;
    const show = (next: Lift | null): void => setLift((current = next));
    const moved = (pointer: globalThis.PointerEvent): void => {
      if (current === null && Math.abs(pointer.clientX - from) < still) return;
      const scrolled = head.closest<HTMLElement>('[role=grid]');
      const box = scrolled?.getBoundingClientRect();
      show(placeAt(name, pointer.clientX - (box?.left ?? 0), scrolled?.scrollLeft ?? 0, latest.current.placed));
    };
    const keyed = (key: KeyboardEvent): void => {
      if (!isKey('back', key) || current === null) return;
      key.stopPropagation();
      end(false);
    };
    const end = (drops: boolean): void => {
      window.removeEventListener('pointermove', moved);
      window.removeEventListener('keydown', keyed, true);
      const dropped = current;
      show(null);
      if (dropped === null) return;
      // The click that ends a drag would sort.
      window.addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true });
      if (drops && dropped.before !== name) latest.current.onDrop(name, dropped.before);
    };
    window.addEventListener('pointermove', moved);
    window.addEventListener('keydown', keyed, true);
    window.addEventListener('pointerup', () => end(true), { once: true });
    window.addEventListener('pointercancel', () => end(false), { once: true });
  }
  return { lift, start };
}

/** `x` is from the left of the view; pinned columns lie where they are seen, the others behind what is scrolled away. */
function placeAt(name: string, x: number, scrollLeft: number, placed: readonly PlacedColumn[]): Lift {
  const seen = ({ left, pin }: PlacedColumn): number => (pin === undefined ? left - scrollLeft : left);
  const target = placed.find((each) => x < seen(each) + each.width / 2 && (each.pin !== undefined || seen(each) + each.width / 2 > 0));
  const last = placed.at(-1);
  const edge = target === undefined ? (last === undefined ? 0 : last.left + last.width) : seen(target) + scrollLeft;
  return { name, before: target?.column.name ?? null, edge };
}
