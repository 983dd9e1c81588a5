import path from 'node:path';

export interface DesktopArguments {
  /** Absolute. */
  readonly paths: readonly string[];
  readonly threads: number | undefined;
  /** Whether saved indexes are read and written. */
  readonly cache: boolean;
}

/**
 * What of a process's arguments is ours. Switches of Chromium and Electron are theirs; an unpackaged app is started as
 * `electron FOLDER PATH…`.
 */
export function desktopArguments(argv: readonly string[], { isPackaged, cwd }: { isPackaged: boolean; cwd: string }): DesktopArguments {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'));
  const threads = argv.map((word) => /^--scan-threads=([1-9]\d{0,3})$/.exec(word)?.[1]).find((found) => found !== undefined);
  return {
    paths: words.slice(isPackaged ? 0 : 1).map((word) => path.resolve(cwd, word)),
    threads: threads === undefined ? undefined : Number(threads),
    cache: !argv.includes('--no-saved-index'),
  };
}
