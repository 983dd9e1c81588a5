import path from 'node:path';
import { AppError } from '#shared/errors.ts';

/** Failures of the file system as `unwritable`, with what to do about them. */
export async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw writingError(folder, error);
  }
}

/** What to tell about an error met while something was written into a folder: itself, where it is none of the file system. */
export function writingError(folder: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof AppError || !('syscall' in error)) return error;
  return new AppError('unwritable', `The folder ${path.basename(folder)} cannot be written: ${sayCode(String(error.code))}`, {
    cause: error,
  });
}

function sayCode(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'you may not write there. Choose another folder.';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'there is a file of that name. Choose another folder.';
    default:
      return `${code}.`;
  }
}
