import { aborted } from './jobs/index.ts';
import type { DatasetState } from '#shared/model/dataset.ts';
import type { JobOptions } from './api.ts';

/** Between two reports to a watcher. */
export const reportMs = 100;
/** Between two looks whether files that are followed have brought anything. */
const followMs = 250;

interface Watched {
  /** Reading is over. */
  readonly done: Promise<void>;
  /** Following is over, too. */
  readonly ended: Promise<void>;
  readonly firstRows: Promise<void>;
  readonly state: () => DatasetState;
}

/** Reports at once, when the first rows are there, then as reading goes on, and whenever a followed file has brought something. */
export async function watchDataset(
  { done, ended, firstRows, state }: Watched,
  { signal, onProgress }: JobOptions<DatasetState>,
): Promise<DatasetState> {
  const report = (): void => onProgress?.(state());
  let timer = setInterval(report, reportMs);
  let isOver = false;
  try {
    report();
    if (state().lines === 0) {
      void firstRows.then(() => {
        if (isOver) return;
        report();
        timer.refresh();
      });
    }
    await Promise.race([done, aborted(signal)]);
    clearInterval(timer);
    let reported = '';
    const reportNews = (): void => {
      const { version, following, growing, notices } = state();
      const now = [version, following, growing, ...(notices ?? [])].join('\n');
      if (now !== reported) report();
      reported = now;
    };
    reportNews();
    timer = setInterval(reportNews, followMs);
    await Promise.race([ended, aborted(signal)]);
    return state();
  } finally {
    isOver = true;
    clearInterval(timer);
  }
}
