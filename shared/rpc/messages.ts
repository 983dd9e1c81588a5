import { z } from 'zod';
import { AppError, errorCodes, toAppError } from '../errors.ts';

const id = z.int().min(0);

/** From client to server. An id is used once in the life of a connection. */
export const clientMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), id, method: z.string(), input: z.unknown() }),
  /** Nobody waits for the answer any more. Of an id that is not running: nothing. */
  z.object({ kind: z.literal('cancel'), id }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

const wireError = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  at: z.int().optional(),
  suggestions: z.array(z.string()).optional(),
});

/** From server to client: any number of `progress`, then exactly one `reply` or `fail` a request. */
export const serverMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), id, progress: z.unknown() }),
  z.object({ kind: z.literal('reply'), id, output: z.unknown() }),
  z.object({ kind: z.literal('fail'), id, error: wireError }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;

/** The id of a message that is otherwise not understood, so that its caller need not wait for ever. */
export function idOf(message: unknown): number | undefined {
  const parsed = z.object({ id }).safeParse(message);
  return parsed.success ? parsed.data.id : undefined;
}

/** What of an error crosses the wire: never its cause or its stack, which may hold paths and data. */
export function toWire(thrown: unknown): z.infer<typeof wireError> {
  const { code, message, details } = toAppError(thrown);
  const { at, suggestions } = details;
  return { code, message, ...(at === undefined ? {} : { at }), ...(suggestions ? { suggestions: [...suggestions] } : {}) };
}

/** The end of a request that failed. */
export function failure(id: number, error: unknown): ServerMessage {
  return { kind: 'fail', id, error: toWire(error) };
}

export function fromWire({ code, message, at, suggestions }: z.infer<typeof wireError>): AppError {
  return new AppError(code, message, { ...(at === undefined ? {} : { at }), ...(suggestions ? { suggestions } : {}) });
}

/** The first thing a schema has against a value, with where: `range.start: expected number`. */
export function complaint({ issues: [issue] }: z.ZodError): string {
  if (!issue) return 'it has an unexpected form';
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}
