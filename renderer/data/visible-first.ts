import type { Call, PageInput, PageMethod, PageOutput } from './client.tsx';

/** What stands around the rows: counts and charts over the whole dataset, which cost the engine more than a page. */
const background: ReadonlySet<PageMethod> = new Set(['column.histogram', 'column.facet', 'selection.summary', 'problems.list']);
/** What one is waiting for while it is not on screen. */
const visible: ReadonlySet<PageMethod> = new Set(['dataset.columns', 'rows.page']);

/** Background questions under way at a time: what the user does next waits for no more than these. */
const mostAtOnce = 2;

/**
 * The same call, but the engine answers one question after the other, so the page minds the order: background questions wait
 * while rows are under way, and go out a few at a time. One that is cancelled while it waits is never asked.
 */
export function visibleFirst(call: Call): Call {
  const waiting = new Set<() => void>();
  let visibleUnderWay = 0;
  let backgroundUnderWay = 0;

  const sendWaiting = (): void => {
    for (const send of waiting) {
      if (visibleUnderWay > 0 || backgroundUnderWay >= mostAtOnce) return;
      send();
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
    if (!background.has(method)) return ask();

    await turn(options.signal);
    // A question cancelled meanwhile is refused by the client itself, without going out.
    try {
      return await ask();
    } finally {
      backgroundUnderWay--;
      sendWaiting();
    }
  };

  function turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const send = (): void => {
        waiting.delete(send);
        signal?.removeEventListener('abort', send);
        backgroundUnderWay++;
        resolve();
      };
      waiting.add(send);
      if (signal?.aborted) send();
      else signal?.addEventListener('abort', send, { once: true });
      // After the effects of this render: whoever asks for rows in it comes first.
      queueMicrotask(sendWaiting);
    });
  }
}
