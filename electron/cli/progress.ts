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

/** `Reading a.jsonl  42 %  1.2 GB of 2.9 GB  980 MB/s` */
export function readingText(
  name: string,
  { bytesRead, bytesTotal, elapsedMs }: { bytesRead: number; bytesTotal: number; elapsedMs: number },
): string {
  const share = bytesTotal === 0 ? 100 : Math.floor((bytesRead / bytesTotal) * 100);
  const speed = elapsedMs === 0 ? '' : `  ${bytesText(Math.round((bytesRead / elapsedMs) * 1000))}/s`;
  return `Reading ${name}  ${share} %  ${bytesText(bytesRead)} of ${bytesText(bytesTotal)}${speed}`;
}
