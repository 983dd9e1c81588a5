import { AppError, type ErrorCode } from '#shared/errors.ts';
import { UsageError } from './usage-error.ts';

export const exitCodes = { done: 0, dataErrors: 1, usage: 2, files: 3, interrupted: 130 } as const;

const codeOf: Readonly<Record<ErrorCode, number>> = {
  'bad-input': exitCodes.usage,
  'not-found': exitCodes.files,
  unreadable: exitCodes.files,
  'not-rollouts': exitCodes.files,
  changed: exitCodes.files,
  exists: exitCodes.files,
  unwritable: exitCodes.files,
  'nothing-left': exitCodes.dataErrors,
  cancelled: exitCodes.interrupted,
  closed: exitCodes.files,
  internal: exitCodes.files,
};

/** An expression as the user wrote it, for a mark under the character that is wrong. */
export class ExpressionError extends AppError {
  constructor(
    error: AppError,
    readonly expression: string,
  ) {
    super(error.code, error.message, error.details);
  }
}

/** What is said of a failure on standard error, and the exit code it ends with. */
export function describeFailure(error: unknown): { readonly text: string; readonly exitCode: number } {
  if (error instanceof UsageError) {
    return { text: `rollscope: ${error.message}\nrollscope --help says what there is.\n`, exitCode: exitCodes.usage };
  }
  if (error instanceof AppError && error.code !== 'internal') {
    const text = error.code === 'cancelled' ? '' : `rollscope: ${error.message}\n${mark(error)}`;
    return { text, exitCode: codeOf[error.code] };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: `rollscope: this should not have happened.\n${stack}\n`, exitCode: codeOf.internal };
}

function mark(error: AppError): string {
  const { at } = error.details;
  if (!(error instanceof ExpressionError) || at === undefined) return '';
  return `  ${error.expression.replace(/\s/g, ' ')}\n  ${' '.repeat(at)}^\n`;
}
