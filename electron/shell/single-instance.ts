import { app } from 'electron';
import { z } from 'zod';

const handedOver = z.object({ paths: z.array(z.string()) });

/**
 * One process holds all windows. False in a second one, which hands its files over and should end; `onSecond` hears of
 * them in the first.
 */
export function isFirstInstance(paths: readonly string[], onSecond: (paths: readonly string[]) => void): boolean {
  const isFirst = app.requestSingleInstanceLock({ paths });
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const parsed = handedOver.safeParse(data);
    onSecond(parsed.success ? parsed.data.paths : []);
  });
  return isFirst;
}
