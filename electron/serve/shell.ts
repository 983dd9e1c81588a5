import type { shellContract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors.ts';
import type { Grant } from '#shared/model/grant.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { RememberingHandlers } from '../host/shell-handlers.ts';

export interface ServedGrants {
  /** What the command line named, as one dataset. */
  readonly open: readonly Grant[];
  readonly outRoot: Grant;
  readonly sample: Grant;
}

/** The shell of a served page: it opens and writes only what the command line granted. */
export function servedShell(
  version: string,
  { open, outRoot, sample }: ServedGrants,
  remembering: RememberingHandlers,
): Handlers<typeof shellContract> {
  return {
    ...remembering,
    'shell.info': async () => ({ shell: 'browser', version, open: [...open], outRoot, sample }),
    'shell.chooseFiles': async () => desktopOnly('Drop a file on the page, or name it when starting rollscope serve.'),
    'shell.chooseFile': async () => desktopOnly('Choose a file of this machine on the page: it is copied to the one that serves.'),
    'shell.chooseOutRoot': async () => desktopOnly('Name another folder by --out-root when starting rollscope serve.'),
    'shell.reveal': async () => desktopOnly('The folder is on the machine that rollscope serve runs on.'),
  };
}

function desktopOnly(instead: string): never {
  throw new AppError('bad-input', `Only the desktop app can do this. ${instead}`);
}
