import { useCallback, useEffect, useRef, useState } from 'react';
import { type AppError, toAppError } from '#shared/errors.ts';
import type { ViewFile, ViewProgress } from '#shared/model/view-file.ts';
import { useCall, type PageInput } from './client.tsx';
import { useDataset } from './dataset-context.tsx';

/** How far the saving of a view is. */
export type Saving =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly progress: ViewProgress | null }
  | { readonly phase: 'done'; readonly file: ViewFile; readonly folder: string }
  | { readonly phase: 'failed'; readonly error: AppError };

type SaveInput = Omit<PageInput<'view.save'>, 'dataset'>;

/** Saves the rows of a view as a file, one at a time. Going away stops it. */
export function useSaveView(): { saving: Saving; save: (input: SaveInput) => void; cancel: () => void } {
  const call = useCall();
  const { dataset } = useDataset();
  const [saving, setSaving] = useState<Saving>({ phase: 'idle' });
  const flight = useRef<AbortController | null>(null);
  const cancel = useCallback(() => flight.current?.abort(), []);
  useEffect(() => cancel, [cancel]);

  const save = useCallback(
    (input: SaveInput) => {
      flight.current?.abort();
      const abort = new AbortController();
      flight.current = abort;
      const tell = (next: Saving): void => {
        if (flight.current === abort) setSaving(next);
      };
      tell({ phase: 'running', progress: null });
      call(
        'view.save',
        { dataset, ...input },
        { signal: abort.signal, onProgress: (progress) => tell({ phase: 'running', progress }) },
      ).then(
        (file) => tell({ phase: 'done', file, folder: input.folder }),
        (thrown: unknown) => {
          const error = toAppError(thrown);
          tell(error.code === 'cancelled' ? { phase: 'idle' } : { phase: 'failed', error });
        },
      );
    },
    [call, dataset],
  );
  return { saving, save, cancel };
}
