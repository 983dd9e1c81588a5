import { AppError } from '#shared/errors.ts';
import type { ReadingDataset } from './index/read-dataset.ts';
import { aborted } from './jobs/index.ts';

interface Means {
  readonly reading: Pick<ReadingDataset, 'index' | 'hash' | 'save'>;
  /** The index is saved, where it is. */
  readonly saved: Promise<void>;
  readonly isReady: () => boolean;
}

/** Canonical hashes of a dataset that may have been read without them. */
export function keepHashes({ reading, saved, isReady }: Means): {
  /** Takes those that are not there yet, once, whoever else asks for them. Fails with `unreadable`, `changed` and `cancelled`. */
  hashes(signal?: AbortSignal): Promise<void>;
  /** Resolves when they are saved with the index. */
  savedHashes(): Promise<void>;
} {
  let last = saved;
  return {
    async hashes(signal) {
      if (reading.index.isHashed) return;
      await Promise.race([reading.hash(), aborted(signal)]);
      if (!reading.index.isHashed) throw new AppError('cancelled', 'Cancelled.');
      last = last.then(() => (isReady() ? reading.save() : undefined));
    },
    savedHashes: () => last,
  };
}
