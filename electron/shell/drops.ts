import { z } from 'zod';
import { channels } from './channels.ts';
import type { IpcEvent, IpcListener } from './ipc-pages.ts';

const droppedPaths = z.array(z.string().min(1)).min(1).max(10_000);

/** Files that the user dropped on the window, by the paths that only its preload script can know. */
export function acceptDrops<E extends IpcEvent>(
  ipc: IpcListener<E>,
  isTrusted: (event: E) => boolean,
  onDrop: (paths: readonly string[]) => void,
): void {
  ipc.on(channels.drop, (event, value) => {
    const parsed = droppedPaths.safeParse(value);
    if (isTrusted(event) && parsed.success) onDrop(parsed.data);
  });
}
