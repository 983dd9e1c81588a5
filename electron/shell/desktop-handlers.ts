import { existsSync } from 'node:fs';
import path from 'node:path';
import { shell } from 'electron';
import { z } from 'zod';
import type { shellContract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors.ts';
import type { Grant } from '#shared/model/grant.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { Grants } from '../host/grants.ts';
import { jsonStore } from '../host/json-store.ts';
import type { RememberingHandlers } from '../host/shell-handlers.ts';
import { choosePaths } from './dialogs.ts';

export interface DesktopHandlerOptions {
  readonly version: string;
  readonly folder: string;
  readonly grants: Grants;
  /** What the command line named; resolves when it has been granted. */
  readonly opened: Promise<Grant[]>;
  readonly sample: Promise<Grant>;
  /** Files and folders as a grant to open. */
  readonly grantPaths: (paths: readonly string[]) => Promise<Grant>;
  readonly remembering: RememberingHandlers;
}

/** What the desktop shell does for the page. */
export function desktopHandlers(options: DesktopHandlerOptions): Handlers<typeof shellContract> {
  const { version, folder, grants, opened, sample, grantPaths, remembering } = options;
  const outRoots = jsonStore<{ folder?: string | undefined }>(
    path.join(folder, 'exports.json'),
    z.object({ folder: z.string().optional() }),
    {},
  );

  return {
    ...remembering,
    'shell.info': async () => {
      const { folder: last } = await outRoots.read();
      const outRoot = last !== undefined && existsSync(last) ? await grants.folder(last) : null;
      return { shell: 'desktop', version, open: await opened, outRoot, sample: await sample };
    },
    'shell.chooseFiles': async ({ folder: wantsFolder }) => {
      const paths = await choosePaths(wantsFolder ? 'folder' : 'files');
      return paths.length === 0 ? null : await grantPaths(paths);
    },
    'shell.chooseFile': async ({ kind }) => {
      const [chosen] = await choosePaths(kind);
      return chosen === undefined ? null : await grants.files([chosen]);
    },
    'shell.chooseOutRoot': async () => {
      const [chosen] = await choosePaths('output');
      if (chosen === undefined) return null;
      await outRoots.change(() => ({ folder: chosen }));
      return await grants.folder(chosen);
    },
    'shell.reveal': async ({ folder: id, name }) => {
      shell.showItemInFolder(insideGranted(grants, id, name));
      return {};
    },
  };
}

/** Only what lies directly in a folder that the user chose. */
export function insideGranted(grants: Grants, id: string, name: string): string {
  const { grant, paths } = grants.get(id);
  const [root] = paths;
  if (grant.kind !== 'folder' || root === undefined || name === '.' || name === '..' || /[/\\\0]/.test(name)) {
    throw new AppError('bad-input', 'Only an export in the folder chosen for it can be shown.');
  }
  const target = path.join(root, name);
  if (!existsSync(target)) throw new AppError('not-found', `${name} is not there any more.`);
  return target;
}
