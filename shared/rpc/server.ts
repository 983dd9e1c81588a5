import type { Contract, Input, Method, Output, Progress } from '../contract/index.ts';
import { AppError } from '../errors.ts';
import { clientMessage, complaint, failure, idOf, type ServerMessage } from './messages.ts';
import { isMethod, methodSpec, noMethod } from './method-spec.ts';
import type { Transport } from './transport.ts';

export interface HandlerContext<P> {
  /** Aborted when the caller cancels or goes away. */
  readonly signal: AbortSignal;
  /** Reports to the caller; after the end of the call it does nothing. */
  readonly progress: (progress: P) => void;
}

/** One function a method. It fails with an AppError; anything else that is thrown is a bug and arrives as `internal`. */
export type Handlers<C extends Contract> = {
  readonly [M in Method<C>]: (input: Input<C, M>, context: HandlerContext<Progress<C, M>>) => Promise<Output<C, M>>;
};

/**
 * Answers what comes over `transport` until it closes; then, or on `close`, which hangs up, everything under way is
 * aborted. `onBug` hears what was thrown and is no AppError, with its stack.
 */
export function createServer<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  transport: Transport,
  { onBug }: { readonly onBug?: (error: unknown) => void } = {},
): { close(): void } {
  const running = new Map<number, AbortController>();

  const send = (message: ServerMessage): void => transport.send(message);
  const refuse = (id: number, reason: string): void => send(failure(id, new AppError('bad-input', reason)));

  transport.onClose(() => {
    for (const controller of running.values()) controller.abort();
    running.clear();
  });

  transport.receive((received) => {
    const parsed = clientMessage.safeParse(received);
    if (!parsed.success) {
      const id = idOf(received);
      if (id !== undefined && !running.has(id)) refuse(id, `The message was not understood: ${complaint(parsed.error)}`);
      return;
    }
    const message = parsed.data;
    if (message.kind === 'cancel') cancel(message.id);
    else if (!isMethod(contract, message.method)) refuse(message.id, noMethod(message.method));
    // The first request of that id goes on; a refusal would end it in the eyes of its caller.
    else if (!running.has(message.id)) void run(message.id, message.method, message.input);
  });

  function cancel(id: number): void {
    const controller = running.get(id);
    if (!controller) return;
    running.delete(id);
    controller.abort();
    send({ kind: 'fail', id, error: { code: 'cancelled', message: 'Cancelled.' } });
  }

  async function run<M extends Method<C>>(id: number, method: M, input: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    const isRunning = (): boolean => running.get(id) === controller;
    const progress = (value: Progress<C, M>): void => {
      if (isRunning()) send({ kind: 'progress', id, progress: value });
    };
    const end = (message: ServerMessage): void => {
      if (!isRunning()) return;
      send(message);
      running.delete(id);
    };

    try {
      const parsed = methodSpec(contract, method).input.safeParse(input);
      if (!parsed.success) throw new AppError('bad-input', `The input of ${method} does not fit: ${complaint(parsed.error)}`);
      // Just parsed by this method's own schema; the compiler cannot follow it there.
      const output = await handlers[method](parsed.data as Input<C, M>, { signal: controller.signal, progress });
      end({ kind: 'reply', id, output });
    } catch (error) {
      if (!(error instanceof AppError)) onBug?.(error);
      end(failure(id, error));
    }
  }

  return { close: () => transport.close() };
}
