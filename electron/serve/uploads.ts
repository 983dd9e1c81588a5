import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#shared/errors.ts';
import type { Grant } from '#shared/model/grant.ts';
import type { Grants } from '../host/grants.ts';

/** Files dropped on a served page: copied into a temporary folder that lives as long as the server. */
export interface Uploads {
  /** Streams a request's body into a file of that name. Fails with an AppError; nothing of a broken upload stays. */
  receive(name: string, request: IncomingMessage): Promise<Grant>;
  /** Removes what was uploaded. */
  close(): Promise<void>;
}

export function createUploads(grants: Grants): Uploads {
  let root: Promise<string> | undefined;
  let count = 0;

  return {
    async receive(name, request) {
      if (!isFileName(name)) throw new AppError('bad-input', 'A dropped file needs a plain name, without slashes.');
      root ??= mkdtemp(path.join(os.tmpdir(), 'rollscope-upload-'));
      // A folder each: two files of one name are two files.
      const folder = path.join(await root, String(++count));
      await mkdir(folder, { mode: 0o700 });
      const file = path.join(folder, name);
      try {
        await pipeline(request, createWriteStream(file, { mode: 0o600 }));
      } catch (cause) {
        await rm(folder, { recursive: true, force: true });
        throw new AppError('unwritable', `The copy of ${name} on the server could not be finished: is its disk full?`, { cause });
      }
      return await grants.files([file]);
    },
    async close() {
      const folder = await root;
      root = undefined;
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function isFileName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && Buffer.byteLength(name) <= 255 && !/[/\\\p{Cc}]/u.test(name);
}
