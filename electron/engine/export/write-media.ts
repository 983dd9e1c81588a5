import { createHash } from 'node:crypto';
import type { Manifest } from '#shared/model/export.ts';
import type { OutputFolder } from './folder.ts';
import type { MediaFile } from './frameworks/images.ts';
import { writtenRows } from './map-row.ts';
import type { Pace } from './pace.ts';
import type { PreparedExport } from './prepare.ts';
import { Rollout } from './rollout.ts';
import { accessTo } from './source-access.ts';
import { type ExportSource, Trait } from './types.ts';

/** Names of the images of the rows, each once: to be reserved before the first file is written. */
export async function mediaNames(source: ExportSource, plan: PreparedExport, pace: Pace): Promise<string[]> {
  const names = new Set<string>();
  for await (const { name } of mediaOf(source, plan, pace)) names.add(name);
  return [...names].sort();
}

/** Writes the images of the rows, each file once, under partial names. */
export async function writeMedia(source: ExportSource, plan: PreparedExport, folder: OutputFolder, pace: Pace): Promise<Manifest['files']> {
  const files = new Map<string, Manifest['files'][number]>();
  for await (const { name, bytes } of mediaOf(source, plan, pace)) {
    if (files.has(name)) continue;
    await folder.write(name, (file) => file.writeFile(bytes));
    files.set(name, { path: name, rows: 0, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The images of each row in turn; the rows are read again, as images are too large to be held. */
async function* mediaOf(
  source: ExportSource,
  { target, settings, splits, facts, accounting: { rowsWritten: total }, bytes }: PreparedExport,
  pace: Pace,
): AsyncGenerator<MediaFile> {
  if ((facts.seen & Trait.images) === 0 || !target.media) return;
  const access = accessTo(source);
  for (const { examples } of splits) {
    for (let i = 0; i < examples.length; i++) {
      if ((examples.shapeAt(i) & Trait.images) === 0) continue;
      const waiting = pace.step({ phase: 'write', done: total - 1, total, bytesWritten: 0, bytesDone: bytes, bytesTotal: bytes });
      if (waiting) await waiting;
      for (const row of writtenRows(target, settings, examples.at(i))) yield* target.media(new Rollout(access, row), settings);
    }
  }
}
