import type { JobProgress } from '#shared/model/job.ts';
import type { Context } from './context.ts';
import { bytesText } from './text.ts';

/** One line at the foot of a terminal, gone when all is done. Into a file or a pipe it writes nothing. */
export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

export function progressLine({ stderr }: Pick<Context, 'stderr'>): ProgressLine {
  const width = (stderr.columns || 80) - 1;
  let shown = false;
  return {
    show(text) {
      if (!stderr.isTTY) return;
      shown = true;
      stderr.write(`\r\u001b[2K${text.slice(0, width)}`);
    },
    clear() {
      if (shown) stderr.write('\r\u001b[2K');
      shown = false;
    },
  };
}

/** `Reading a.jsonl  42 %  1.2 GB of 2.9 GB  980 MB/s  2 s left` */
export function jobText(what: string, { bytesDone, bytesTotal, bytesPerSecond, secondsLeft }: JobProgress): string {
  const share = bytesTotal === 0 ? 100 : Math.floor((bytesDone / bytesTotal) * 100);
  const speed = bytesPerSecond === 0 ? '' : `  ${bytesText(bytesPerSecond)}/s`;
  const left = secondsLeft === undefined ? '' : `  ${timeText(secondsLeft)} left`;
  return `${what}  ${share} %  ${bytesText(bytesDone)} of ${bytesText(bytesTotal)}${speed}${left}`;
}

/** `3 s`, `2 min 5 s`, `1 h 20 min` */
function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
