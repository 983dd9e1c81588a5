import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';

/** One small value kept in a JSON file. */
export interface JsonStore<T> {
  read(): Promise<T>;
  /** Replaces the value by one made of the present one. Changes of one process follow each other; a half-written file is never seen. */
  change(next: (now: T) => T): Promise<void>;
}

/** A file that is missing or does not fit the schema counts as `empty`: nothing kept here is worth refusing to start for. */
export function jsonStore<T>(file: string, schema: z.ZodType<T>, empty: T): JsonStore<T> {
  let last: Promise<unknown> = Promise.resolve();

  async function read(): Promise<T> {
    try {
      const parsed = schema.safeParse(JSON.parse(await readFile(file, 'utf8')));
      return parsed.success ? parsed.data : empty;
    } catch {
      return empty;
    }
  }

  return {
    async read() {
      await last;
      return await read();
    },
    change(next) {
      const changed = last.then(async () => await writeAtomically(file, `${JSON.stringify(next(await read()), null, 2)}\n`));
      last = changed.catch(() => undefined);
      return changed;
    },
  };
}

async function writeAtomically(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(4).toString('hex')}.partial`;
  try {
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
