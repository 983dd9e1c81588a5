import type { Call, PageInput, PageMethod, PageOutput } from './client.tsx';

/** What stands around the rows: counts and charts over the whole dataset, which cost the engine more than a page; in this order. */
const background: readonly PageMethod[] = [
  'groups.summary',
  'selection.summary',
  'groups.histogram',
  'groups.sizes',
  'column.histogram',
  'column.density',
  'column.facet',
  'filter.counts',
  'problems.list',
];
/** What one is waiting for while it is not on screen. */
const visible: ReadonlySet<PageMethod> = new Set(['dataset.columns', 'rows.page', 'groups.page', 'groups.rollouts']);

/** Background questions under way at a time: what the user does next waits for no more than these. */
const mostAtOnce = 2;

/**
 * The same call, but the engine answers one question after the other, so the page minds the order: background questions wait
 * while rows are under way, and go out a few at a time. One that is cancelled while it waits is never asked.
 */
export function visibleFirst(call: Call): Call {
  const waiting: { readonly rank: number; readonly send: () => void }[] = [];
  let visibleUnderWay = 0;
  let backgroundUnderWay = 0;

  const sendWaiting = (): void => {
    while (visibleUnderWay === 0 && backgroundUnderWay < mostAtOnce) {
      const next = waiting.shift();
      if (next === undefined) return;
      next.send();
    }
  };

  return async <M extends PageMethod>(method: M, input: PageInput<M>, options: Parameters<typeof call<M>>[2] = {}) => {
    const ask = (): Promise<PageOutput<M>> => call(method, input, options);
    if (visible.has(method)) {
      visibleUnderWay++;
      try {
        return await ask();
      } finally {
        visibleUnderWay--;
        sendWaiting();
      }
    }
    const rank = background.indexOf(method);
    if (rank < 0) return ask();

    await turn(rank, options.signal);
    // A question cancelled meanwhile is refused by the client itself, without going out.
    try {
      return await ask();
    } finally {
      backgroundUnderWay--;
      sendWaiting();
    }
  };

  /** Resolves when a background question may go out, or was cancelled. */
  function turn(rank: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const send = (): void => {
        signal?.removeEventListener('abort', cancel);
        backgroundUnderWay++;
        resolve();
      };
      const place = { rank, send };
      const cancel = (): void => {
        waiting.splice(waiting.indexOf(place), 1);
        send();
      };
      const after = waiting.findIndex((other) => other.rank > rank);
      waiting.splice(after < 0 ? waiting.length : after, 0, place);
      signal?.addEventListener('abort', cancel);
      // After the effects of this render: whoever asks for rows in it comes first.
      queueMicrotask(sendWaiting);
    });
  }
}
