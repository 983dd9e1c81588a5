import type { Contract, Input, Method, Output, Progress } from '../contract/index.ts';
import { AppError, toAppError } from '../errors.ts';
import { complaint, fromWire, idOf, serverMessage, type ClientMessage } from './messages.ts';
import { methodSpec } from './method-spec.ts';
import type { Transport } from './transport.ts';

export interface CallOptions<P> {
  /** Aborting it tells the server to stop, and fails the call with `cancelled` at once. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: P) => void;
}

/** The calling side of a connection. */
export interface Client<C extends Contract> {
  /** Asks once. Fails with the AppError of the server, or `cancelled`, or `closed` when the connection is or goes away. */
  call<M extends Method<C>>(method: M, input: Input<C, M>, options?: CallOptions<Progress<C, M>>): Promise<Output<C, M>>;
  /** Hangs up; calls under way fail with `closed`. */
  close(): void;
}

/** A call under way. Its functions take what came over the wire, not yet parsed. */
interface Pending {
  progress(value: unknown): void;
  reply(value: unknown): void;
  fail(error: AppError): void;
}

/** A client of what `contract` names, at the other end of `transport`. */
export function createClient<C extends Contract>(contract: C, transport: Transport): Client<C> {
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let closedBecause: string | undefined;

  transport.onClose((reason) => {
    closedBecause = reason;
    for (const call of pending.values()) call.fail(new AppError('closed', reason));
  });

  transport.receive((received) => {
    const parsed = serverMessage.safeParse(received);
    if (!parsed.success) {
      const call = pending.get(idOf(received) ?? -1);
      call?.fail(new AppError('internal', `A message was not understood: ${complaint(parsed.error)}`));
      return;
    }
    const message = parsed.data;
    const call = pending.get(message.id);
    if (message.kind === 'progress') call?.progress(message.progress);
    else if (message.kind === 'reply') call?.reply(message.output);
    else call?.fail(fromWire(message.error));
  });

  function call<M extends Method<C>>(
    method: M,
    input: Input<C, M>,
    { signal, onProgress }: CallOptions<Progress<C, M>> = {},
  ): Promise<Output<C, M>> {
    const id = nextId++;
    const send = (message: ClientMessage): void => transport.send(message);

    return new Promise((resolve, reject) => {
      const spec = methodSpec(contract, method);
      if (signal?.aborted) return reject(cancelled());
      if (closedBecause !== undefined) return reject(new AppError('closed', closedBecause));

      const end = (): void => {
        pending.delete(id);
        signal?.removeEventListener('abort', onAbort);
      };
      const fail = (error: AppError): void => {
        end();
        reject(error);
      };
      const abandon = (error: AppError): void => {
        fail(error);
        send({ kind: 'cancel', id });
      };
      const onAbort = (): void => abandon(cancelled());

      // The casts below name what this method's own schema has just parsed; the compiler cannot follow it there.
      pending.set(id, {
        progress(value) {
          const parsed = spec.progress?.safeParse(value);
          if (parsed?.success) onProgress?.(parsed.data as Progress<C, M>);
          else abandon(misfit(method, 'progress', parsed ? complaint(parsed.error) : 'it has none'));
        },
        reply(value) {
          const parsed = spec.output.safeParse(value);
          if (!parsed.success) return fail(misfit(method, 'answer', complaint(parsed.error)));
          end();
          resolve(parsed.data as Output<C, M>);
        },
        fail,
      });
      signal?.addEventListener('abort', onAbort);

      try {
        send({ kind: 'request', id, method, input });
      } catch (error) {
        fail(toAppError(error));
      }
    });
  }

  return { call, close: () => transport.close() };
}

const cancelled = (): AppError => new AppError('cancelled', 'Cancelled.');

function misfit(method: string, what: string, why: string): AppError {
  return new AppError('internal', `The ${what} of ${method} has an unexpected form: ${why}`);
}
