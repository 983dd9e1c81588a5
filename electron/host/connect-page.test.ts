import { expect, test } from 'vitest';
import { z } from 'zod';
import { createClient, createServer, memoryTransports, transportOver } from '#shared/rpc/index.ts';
import { connectPage } from './connect-page.ts';

const who = { input: z.object({}), output: z.object({ by: z.string() }) };
const wait = { input: z.object({}), output: z.object({}) };
const engineContract = { 'engine.who': who, 'engine.wait': wait };
const shellOnly = { 'shell.who': who, 'shell.wait': wait };

function connect() {
  const [client, page] = memoryTransports();
  const [engine, worker] = memoryTransports();
  const aborted: string[] = [];
  const never =
    (name: string) =>
    (_input: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise<{}>(() => signal.addEventListener('abort', () => aborted.push(name)));
  const engineServer = createServer(
    engineContract,
    { 'engine.who': async () => ({ by: 'engine' }), 'engine.wait': never('engine') },
    worker,
  );
  connectPage(page, engine, (transport) => {
    createServer(shellOnly, { 'shell.who': async () => ({ by: 'shell' }), 'shell.wait': never('shell') }, transport);
  });
  return { client: createClient({ ...engineContract, ...shellOnly }, client), engineServer, aborted };
}

test('each method is answered by the one it belongs to', async () => {
  const { client } = connect();
  const answers = await Promise.all([client.call('engine.who', {}), client.call('shell.who', {}), client.call('engine.who', {})]);
  expect(answers.map(({ by }) => by)).toEqual(['engine', 'shell', 'engine']);
});

test('a cancel reaches the one that runs the call', async () => {
  const { client, aborted } = connect();
  for (const method of ['engine.wait', 'shell.wait'] as const) {
    const abort = new AbortController();
    const call = client.call(method, {}, { signal: abort.signal });
    await client.call('shell.who', {});
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  }
  await expect.poll(() => aborted).toEqual(['engine', 'shell']);
});

test('when the page goes, both are told; when the engine goes, the page is told why', async () => {
  const left = connect();
  const calls = [left.client.call('engine.wait', {}), left.client.call('shell.wait', {})].map((call) => call.catch(() => undefined));
  await left.client.call('shell.who', {});
  left.client.close();
  await Promise.all(calls);
  await expect.poll(() => left.aborted.sort()).toEqual(['engine', 'shell']);

  const right = connect();
  const call = right.client.call('shell.wait', {});
  right.engineServer.close();
  await expect(call).rejects.toMatchObject({ code: 'closed' });
});

test('an answer that is too large to be sent fails its call, and nothing else', async () => {
  const [client, page] = memoryTransports();
  const [engine, worker] = memoryTransports();
  const text = { input: z.object({ length: z.int() }), output: z.object({ text: z.string() }) };
  createServer({ 'engine.text': text }, { 'engine.text': async ({ length }) => ({ text: 'x'.repeat(length) }) }, worker);
  const narrow = transportOver({
    send(message) {
      if (JSON.stringify(message).length > 1000) throw new RangeError('Invalid string length');
      page.send(message);
    },
    close: () => page.close(),
  });
  page.receive(narrow.deliver);
  connectPage(narrow.transport, engine, () => undefined);
  const caller = createClient({ 'engine.text': text }, client);
  await expect(caller.call('engine.text', { length: 2000 })).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining('too large'),
  });
  expect(await caller.call('engine.text', { length: 2 })).toEqual({ text: 'xx' });
});
