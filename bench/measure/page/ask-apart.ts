import { once } from 'node:events';
import type { Page } from '@playwright/test';
import { WebSocket } from 'ws';
import { z } from 'zod';

const draftQuestion = z.looseObject({ id: z.number(), input: z.looseObject({ draft: z.array(z.string()) }) });

/**
 * Asks over a connection of its own what a page asked while a handle was dragged, one after the other, with thresholds that nobody asked
 * about yet; ms to each answer. The page rests meanwhile: what is timed are the wire, the relay and the engine.
 */
export async function askApart({ page, sent }: { page: Page; sent: readonly string[] }): Promise<number[]> {
  const { origin } = new URL(page.url());
  const cookies = await page.context().cookies();
  const headers = { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '), Origin: origin };
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers });
  await once(socket, 'open');
  const times: number[] = [];
  for (const text of sent) {
    const question = draftQuestion.parse(JSON.parse(text));
    const draft = question.input.draft.map((condition) => condition.replace(/[\d.]+$/, (at) => String(Number(at) + 0.125)));
    const started = performance.now();
    socket.send(JSON.stringify({ ...question, input: { ...question.input, draft } }));
    await answered(socket, question.id);
    times.push(performance.now() - started);
  }
  socket.close();
  return times;
}

async function answered(socket: WebSocket, id: number): Promise<void> {
  for (;;) {
    const [data] = z.tuple([z.instanceof(Buffer), z.boolean()]).parse(await once(socket, 'message'));
    const text = data.toString();
    if (text.startsWith('{"kind":"progress"') || !text.slice(0, 80).includes(`"id":${id},`)) continue;
    if (!text.includes('"after":{')) throw new Error(`No figures of the draft: ${text.slice(0, 200)}`);
    return;
  }
}
