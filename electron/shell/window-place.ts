import path from 'node:path';
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { z } from 'zod';
import { jsonStore, type JsonStore } from '../host/json-store.ts';

const place = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }).optional(),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof place>;

export function windowPlaces(folder: string): JsonStore<WindowPlace> {
  return jsonStore<WindowPlace>(path.join(folder, 'window.json'), place, { maximized: false });
}

/** The size to open at, and the position where it is still on a screen: one may have been unplugged. */
export function usableBounds({ bounds }: WindowPlace): Partial<Rectangle> {
  if (!bounds) return { width: 1440, height: 900 };
  const { width, height } = bounds;
  const isVisible = screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, bounds));
  return isVisible ? bounds : { width, height };
}

/** Remembers where a window was left. */
export function rememberPlace(window: BrowserWindow, places: JsonStore<WindowPlace>): void {
  window.on('close', () => {
    const left = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    // A place that cannot be kept is not worth a word: the next window opens at the usual one.
    places.change(() => left).catch(() => undefined);
  });
}

/** Enough of the title bar to be grasped. */
function overlaps(area: Rectangle, { x, y, width }: Rectangle): boolean {
  const grasp = 80;
  return x + width > area.x + grasp && x < area.x + area.width - grasp && y >= area.y && y < area.y + area.height - grasp;
}
