import { AppError } from '#shared/errors.ts';

/** The system's reason why a file cannot be opened, in words. */
export function openError(file: string, error: unknown): AppError {
  const code = codeOf(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('not-found', `There is no file ${file}. Check the path; relative ones start at the current folder.`, {
        cause: error,
      });
    case 'EISDIR':
      return new AppError('bad-input', `${file} is a folder. Name a .jsonl file in it.`, { cause: error });
    case 'ENOTFILE':
      return new AppError('unreadable', `${file} is no regular file (a pipe or a device). Save it to a file first.`, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new AppError('unreadable', `${file} may not be read by this user. Change its permissions, or copy it where you may read it.`, {
        cause: error,
      });
    case 'EMFILE':
    case 'ENFILE':
      return new AppError('unreadable', `${file} cannot be opened: too many files are open. Close some, or raise "ulimit -n".`, {
        cause: error,
      });
    default:
      return new AppError('unreadable', `${file} cannot be opened (${code ?? messageOf(error)}).`, { cause: error });
  }
}

export function readError(file: string, error: unknown): AppError {
  return new AppError(
    'unreadable',
    `${file} cannot be read (${codeOf(error) ?? messageOf(error)}). Check the disk or the connection, then open it again.`,
    {
      cause: error,
    },
  );
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
