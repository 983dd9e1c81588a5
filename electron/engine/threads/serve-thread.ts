import type { MessagePort, TransferListItem } from 'node:worker_threads';
import { toAppError } from '#shared/errors.ts';
import type { Answered, Asked } from './messages.ts';

/** What became of a request; `undefined` where it was stopped. The buffers to hand over are in `transfer`. */
export interface Done<A> {
  readonly answer: A | undefined;
  readonly transfer?: readonly TransferListItem[];
}

/** One kind of work of a thread. Failures are AppErrors. It may have to wait for code that it needs. */
export type Work<Q, A> = (request: Q, isStopped: () => boolean) => Done<A> | Promise<Done<A>>;

/** Serves a pool: one request at a time, to the end or until entry 0 of its `stop` is not 0. */
export function serveThread<Q, A>(port: MessagePort, work: Work<Q, A>): void {
  async function serve({ id, request, stop }: Asked<Q>): Promise<void> {
    const isStopped = (): boolean => Atomics.load(stop, 0) !== 0;
    let reply: Answered<A>;
    let transfer: readonly TransferListItem[] = [];
    try {
      const done = isStopped() ? { answer: undefined } : await work(request, isStopped);
      reply = { id, answer: done.answer };
      transfer = 'transfer' in done ? (done.transfer ?? []) : [];
    } catch (error) {
      const { code, message } = toAppError(error);
      reply = { id, error: { code, message } };
    }
    port.postMessage(reply, [...transfer]);
  }
  let last = Promise.resolve();
  port.on('message', (asked: Asked<Q>) => {
    last = last.then(() => serve(asked));
  });
}
