import type { LinesProgress } from '#shared/model/job.ts';
import { AppError } from '#shared/errors.ts';
import type { JobOptions } from './api.ts';
import type { ReadingDataset } from './index/read-dataset.ts';
import { aborted } from './jobs/index.ts';
import { reportMs } from './watch-dataset.ts';

interface Means {
  readonly reading: Pick<ReadingDataset, 'index' | 'hash' | 'hashedRows' | 'restHashing' | 'save'>;
  /** The index is saved, where it is. */
  readonly saved: Promise<void>;
  readonly isReady: () => boolean;
}

export interface KeptHashes {
  /**
   * Takes those that are not there yet, once, whoever else asks for them. When all who asked have given up it rests, and goes on from
   * there when somebody asks again. Fails with `unreadable`, `changed` and `cancelled`.
   */
  hashes(job?: Pick<JobOptions<LinesProgress>, 'signal' | 'onProgress'>): Promise<void>;
  /** Begins to take them without asking for them; resolves when they are there, or cannot be taken. */
  begin(): Promise<void>;
  /** Resolves when they are saved with the index. */
  savedHashes(): Promise<void>;
}

/** Canonical hashes of a dataset that may have been read without them. */
export function keepHashes({ reading, saved, isReady }: Means): KeptHashes {
  const { index } = reading;
  let last = saved;
  let isTold = false;
  let waiting = 0;
  let onOver: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (onOver = resolve));

  const take = async (): Promise<void> => {
    await reading.hash();
    if (!index.isHashed || isTold) return;
    isTold = true;
    onOver();
    last = last.then(() => (isReady() ? reading.save() : undefined));
  };

  return {
    async hashes({ signal, onProgress } = {}) {
      if (index.isHashed) return;
      waiting++;
      const report = (): void => onProgress?.({ pass: 'hashes', rowsDone: reading.hashedRows(), rowsTotal: index.rowCount });
      const timer = setInterval(report, reportMs);
      try {
        await Promise.race([take(), aborted(signal)]);
        if (!index.isHashed) throw new AppError('cancelled', 'Cancelled.');
      } finally {
        clearInterval(timer);
        if (--waiting === 0 && !index.isHashed) reading.restHashing();
      }
    },
    async begin() {
      if (index.isHashed) return;
      take().catch(onOver);
      await over;
    },
    savedHashes: () => last,
  };
}
