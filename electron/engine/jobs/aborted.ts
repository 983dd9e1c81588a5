import { AppError } from '#shared/errors.ts';

/** Fails with `cancelled` when the signal says so, or has said so. */
export function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const cancel = (): void => reject(new AppError('cancelled', 'Cancelled.'));
    if (signal?.aborted === true) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
  });
}
