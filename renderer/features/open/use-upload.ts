import { useCallback, useEffect, useRef, useState } from 'react';
import { toAppError, type AppError } from '#shared/errors.ts';
import { upload } from '../../data/upload.ts';

export interface Uploading {
  readonly name: string;
  /** 0 to 1, of all files. */
  readonly share: number;
}

/** Sends files one after the other and opens them together, as shards of one dataset. */
export function useUpload(
  onOpen: (grants: readonly string[]) => void,
  onError: (error: AppError | null) => void,
): { uploading: Uploading | null; start: (files: readonly File[]) => void; cancel: () => void } {
  const [uploading, setUploading] = useState<Uploading | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback(
    (files: readonly File[]) => {
      if (files.length === 0 || running.current !== null) return;
      const abort = new AbortController();
      running.current = abort;
      onError(null);
      const run = async (): Promise<void> => {
        const grants: string[] = [];
        for (const [index, file] of files.entries()) {
          const onProgress = (share: number): void => setUploading({ name: file.name, share: (index + share) / files.length });
          onProgress(0);
          grants.push((await upload(file, { signal: abort.signal, onProgress })).grant);
        }
        onOpen(grants);
      };
      run()
        .catch((thrown: unknown) => {
          const error = toAppError(thrown);
          if (error.code !== 'cancelled') onError(error);
        })
        .finally(() => {
          running.current = null;
          setUploading(null);
        });
    },
    [onOpen, onError],
  );
  return { uploading, start, cancel: () => running.current?.abort() };
}
