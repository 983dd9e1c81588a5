import { statSync } from 'node:fs';
import { appendMark, type MarkLine, type MarksFile, readMarksFile } from './marks-file.ts';

/** The file of marks beside a file of rollouts. Others append to it too: other windows, other machines. */
export class Sidecar {
  /** As it was read last. */
  file: MarksFile;
  /** Bytes that are in `file`, or that we appended since. */
  private known: number;

  constructor(private readonly path: string) {
    this.known = this.size();
    this.file = readMarksFile(path);
  }

  append(mark: MarkLine): void {
    this.known += appendMark(this.path, mark);
  }

  /** Whether there is something in it that is not ours; then it has been read anew. */
  hasNews(): boolean {
    if (this.size() === this.known) return false;
    this.reread();
    return true;
  }

  reread(): void {
    this.known = this.size();
    this.file = readMarksFile(this.path);
  }

  /** 0 where it is not there. */
  private size(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }
}
