import { z } from 'zod';

/** What a gesture cost the page, as the page itself saw it. */
export const recorded = z.object({
  /** Between one frame and the next, in ms, in their order. */
  frames: z.array(z.number()),
  /** Layout shifts that nobody's hand caused, added up. */
  shift: z.number(),
  /** Questions sent meanwhile: method, a key of what it asks about, the message itself, and ms to the answer; null where none came yet. */
  calls: z.array(z.object({ method: z.string(), about: z.string(), sent: z.string(), ms: z.number().nullable() })),
});
export type Recorded = z.infer<typeof recorded>;

declare global {
  interface Window {
    readonly benchRecorder: { start(): void; stop(): Promise<Recorded> };
  }
}

/**
 * Runs in the page before any of its scripts. Frames are those of requestAnimationFrame; questions and answers are heard on the
 * WebSocket, so that a time holds the wire, the parsing of both sides and whatever kept the page from listening.
 */
export function installRecorder(): void {
  interface Sent {
    method: string;
    about: string;
    sent: string;
    ms: number | null;
    readonly at: number;
  }
  let frames: number[] = [];
  let calls: Sent[] = [];
  let shift = 0;
  let running = false;
  let last = 0;
  const open = new Map<string, Sent>();

  const tick = (now: number): void => {
    if (!running) return;
    frames.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ('value' in entry && 'hadRecentInput' in entry && entry.hadRecentInput === false) shift += Number(entry.value);
    }
  }).observe({ type: 'layout-shift', buffered: true });

  // Only the head of an answer is looked at: parsing it twice would be part of what is measured.
  const idOf = (text: string): string | undefined => /"id":(\d+)/.exec(text.slice(0, 80))?.[1];
  const send = WebSocket.prototype.send;
  const heard = new WeakSet<WebSocket>();
  WebSocket.prototype.send = function sendAndNote(this: WebSocket, data: string | Blob | BufferSource): void {
    if (!heard.has(this)) {
      heard.add(this);
      this.addEventListener('message', ({ data: text }: { data: unknown }) => {
        if (typeof text !== 'string' || text.startsWith('{"kind":"progress"')) return;
        const id = idOf(text);
        const sent = id === undefined ? undefined : open.get(id);
        if (id === undefined || sent === undefined) return;
        sent.ms = performance.now() - sent.at;
        open.delete(id);
      });
    }
    if (running && typeof data === 'string' && data.startsWith('{"kind":"request"')) {
      const { id, method, input } = JSON.parse(data);
      const { column, figure, x, y } = input ?? {};
      const about = JSON.stringify([method, column, figure, x, y, input?.range]);
      const sent: Sent = { method, about, sent: data, ms: null, at: performance.now() };
      calls.push(sent);
      open.set(String(id), sent);
    }
    send.call(this, data);
  };

  Object.assign(window, {
    benchRecorder: {
      start(): void {
        frames = [];
        calls = [];
        shift = 0;
        running = true;
        last = performance.now();
        requestAnimationFrame(tick);
      },
      /** What is asked by now is answered first, a busy machine given its time; later frames do not count. */
      async stop(): Promise<Recorded> {
        running = false;
        const [counted, moved] = [[...frames], shift];
        for (let waits = 0; waits < 100 && calls.some(({ ms }) => ms === null); waits++) await new Promise((done) => setTimeout(done, 50));
        return { frames: counted, shift: moved, calls: calls.map(({ method, about, sent, ms }) => ({ method, about, sent, ms })) };
      },
    },
  });
}
