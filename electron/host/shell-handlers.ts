import path from 'node:path';
import { z } from 'zod';
import type { shellContract } from '#shared/contract/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { Grants } from './grants.ts';
import { jsonStore } from './json-store.ts';
import type { Recents } from './recents.ts';

type ShellHandlers = Handlers<typeof shellContract>;
export type RememberingHandlers = Pick<
  ShellHandlers,
  'shell.recents' | 'shell.remember' | 'shell.forget' | 'shell.loadSettings' | 'shell.saveSettings'
>;

/** What both shells remember for the user, in the same files: settings of the page and recent datasets. */
export function rememberingHandlers(folder: string, grants: Grants, recents: Recents): RememberingHandlers {
  const settings = jsonStore(path.join(folder, 'settings.json'), z.object({ json: z.string() }), { json: '{}' });
  return {
    'shell.recents': async () => ({ recents: await recents.list() }),
    'shell.remember': async ({ grant, ...looks }) => {
      await recents.remember(grants.get(grant), looks);
      return {};
    },
    'shell.forget': async ({ grant }) => {
      await recents.forget(grants.get(grant));
      return {};
    },
    'shell.loadSettings': async () => await settings.read(),
    'shell.saveSettings': async ({ json }) => {
      await settings.change(() => ({ json }));
      return {};
    },
  };
}
