import { createHash } from 'node:crypto';
import type { Manifest } from '#shared/model/export.ts';
import type { OutputFolder } from './folder.ts';
import { writtenRows } from './map-row.ts';
import type { Pace } from './pace.ts';
import type { PreparedExport } from './prepare.ts';
import { Rollout } from './rollout.ts';
import { accessTo } from './source-access.ts';
import { type ExportSource, Trait } from './types.ts';

/** Writes the images of the rows, each file once, under partial names. They may not take the place of a file that is not ours. */
export async function writeMedia(
  source: ExportSource,
  { target, settings, splits, facts, accounting, bytes }: PreparedExport,
  folder: OutputFolder,
  pace: Pace,
): Promise<Manifest['files']> {
  if ((facts.seen & Trait.images) === 0 || !target.media) return [];
  const access = accessTo(source);
  const files = new Map<string, Manifest['files'][number]>();
  const total = accounting.rowsWritten;
  for (const example of splits.flatMap((split) => split.examples)) {
    if ((example.shape & Trait.images) === 0) continue;
    for (const row of writtenRows(target, settings, example)) {
      const waiting = pace.step({ phase: 'write', done: total - 1, total, bytesWritten: 0, bytesDone: bytes, bytesTotal: bytes });
      if (waiting) await waiting;
      for (const { name, bytes: content } of target.media(new Rollout(access, row), settings)) {
        if (files.has(name)) continue;
        await folder.write(name, (file) => file.writeFile(content));
        files.set(name, { path: name, rows: 0, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
      }
    }
  }
  await folder.reserve([...files.keys()]);
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
