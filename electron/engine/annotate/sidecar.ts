import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import { appendMark, codeOf, type MarkLine, type MarksFile, readMarksFile, setAside } from './marks-file.ts';

/** What a file system says of a folder in which nothing can be made. */
const readOnly: ReadonlySet<string | undefined> = new Set(['EACCES', 'EPERM', 'EROFS']);

/**
 * The marks of one file of rollouts: beside it, and in the user's own folder where nothing can be written there. Others append to
 * them too: other windows, other machines.
 */
export class Sidecar {
  /** As it was read last: all marks in the order in which they were set. */
  file: MarksFile;
  /** Whether marks are kept in the user's folder. */
  isElsewhere = false;
  /** The name of what lay in its place and was kept aside: it held no marks at all. */
  aside: string | undefined;
  private readonly beside: MarksPlace;
  private readonly own: MarksPlace | undefined;

  /** `folder`: of the user; made when it is needed. */
  constructor(
    file: string,
    private readonly folder: string | undefined,
  ) {
    this.beside = new MarksPlace(`${file}.rollscope.jsonl`);
    const id = createHash('sha256').update(path.resolve(file)).digest('hex').slice(0, 16);
    this.own = folder === undefined ? undefined : new MarksPlace(path.join(folder, `${path.basename(file)}-${id}.rollscope.jsonl`));
    this.file = this.read();
  }

  /** Fails with unwritable. */
  append(mark: MarkLine): void {
    try {
      this.noteAside(this.beside.append(mark));
    } catch (error) {
      if (!this.own || this.folder === undefined || !readOnly.has(codeOf(error))) throw unwritable(this.beside.path, error);
      try {
        mkdirSync(this.folder, { recursive: true });
        this.noteAside(this.own.append(mark));
        this.isElsewhere = true;
      } catch (failure) {
        throw unwritable(this.own.path, failure);
      }
    }
  }

  /** Whether there is something in it that is not ours; then it has been read anew. */
  hasNews(): boolean {
    if (!this.beside.hasNews() && this.own?.hasNews() !== true) return false;
    this.reread();
    return true;
  }

  reread(): void {
    this.file = this.read();
  }

  private read(): MarksFile {
    const [beside, own] = [this.beside.read(), this.own?.read()];
    this.isElsewhere = own !== undefined && own.lines.length > 0;
    const failure = beside.failure ?? own?.failure;
    return {
      lines: inOrder(beside.lines, own?.lines ?? []),
      unreadable: [...beside.unreadable, ...(own?.unreadable ?? [])],
      ...(failure !== undefined && { failure }),
    };
  }

  private noteAside(name: string | undefined): void {
    if (name === undefined) return;
    this.aside = path.basename(name);
    this.reread();
  }
}

/** One file of marks. */
class MarksPlace {
  /** Bytes that were read, or that we appended since. */
  private known = 0;
  /** It is a file of something else. */
  private isForeign = false;

  constructor(readonly path: string) {}

  read(): MarksFile {
    this.known = this.size();
    const file = readMarksFile(this.path);
    this.isForeign = file.unreadable.length > 0 && file.lines.length === 0;
    return file;
  }

  hasNews(): boolean {
    return this.size() !== this.known;
  }

  /** What is no file of marks is kept under another name, which is the answer. Errors of the file system pass through. */
  append(mark: MarkLine): string | undefined {
    const aside = this.isForeign ? setAside(this.path) : undefined;
    if (aside !== undefined) this.known = 0;
    this.isForeign = false;
    this.known += appendMark(this.path, mark);
    return aside;
  }

  /** 0 where it is not there. */
  private size(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }
}

/** Two lists of marks, each in the order in which it was written, by their times. */
function inOrder(some: readonly MarkLine[], others: readonly MarkLine[]): readonly MarkLine[] {
  if (others.length === 0) return some;
  const merged: MarkLine[] = [];
  let next = 0;
  for (const mark of others) {
    for (let one = some[next]; one !== undefined && timeOf(one) <= timeOf(mark); one = some[++next]) merged.push(one);
    merged.push(mark);
  }
  return [...merged, ...some.slice(next)];
}

/** A mark without a time is older than all others. */
function timeOf({ at }: MarkLine): number {
  const time = at === undefined ? Number.NaN : new Date(at).getTime();
  return Number.isNaN(time) ? -Infinity : time;
}

function unwritable(target: string, error: unknown): AppError {
  return new AppError('unwritable', `The mark cannot be written to ${target} (${codeOf(error) ?? String(error)}).`, { cause: error });
}
