/** The closed set of expected failures. A bug becomes `internal`. */
export const errorCodes = [
  'bad-input', // the caller asked for something that makes no sense; the message says what and where
  'not-found', // no such file, row, column or dataset
  'unreadable', // the file exists but cannot be read
  'not-rollouts', // the file holds no JSON lines
  'changed', // the file changed under us
  'exists', // the output folder is not empty
  'unwritable', // the output cannot be written: disk full, no permission
  'nothing-left', // an export would write no row
  'cancelled', // asked for by the caller; never shown as an error
  'closed', // the engine or the connection is gone
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An expected failure: `message` says what happened and the way out, in a sentence fit for the screen. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** `at`: offset of the offending character in the text the caller sent, in UTF-16 units. */
    readonly details: { readonly cause?: unknown; readonly at?: number; readonly suggestions?: readonly string[] } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'AppError';
  }
}

/** Any thrown value as an AppError: what is none becomes `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', error instanceof Error ? error.message : String(error), { cause: error });
}
