import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { createClient, createServer, type Handlers, type Transport } from '../index.ts';

/** Two ends of one connection over some kind of link; `close` frees what is underneath. */
export interface TransportPair {
  readonly client: Transport;
  readonly server: Transport;
  close?(): void | Promise<void>;
}

const testContract = {
  'number.double': { input: z.object({ value: z.number() }), output: z.object({ value: z.number() }) },
  'number.count': { input: z.object({ to: z.int() }), progress: z.object({ at: z.int() }), output: z.object({ at: z.int() }) },
  /** Answers when the test says so, or never. */
  'test.wait': { input: z.object({}), output: z.object({ text: z.string() }) },
  'test.fail': {
    input: z.object({ how: z.enum(['app', 'bug', 'output', 'progress']) }),
    progress: z.object({ at: z.int() }),
    output: z.null(),
  },
} as const;
type TestHandlers = Handlers<typeof testContract>;

// Every place this runs in has it; the types of `shared` know of neither browser nor Node.
declare const setTimeout: (run: () => void, ms: number) => unknown;
const tick = (ms = 20): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** What every kind of transport must do, whatever it is made of. */
export function transportConformance(name: string, makePair: () => TransportPair | Promise<TransportPair>): void {
  describe(`rpc over ${name}`, () => {
    const open: TransportPair[] = [];

    async function connect(changed: Partial<TestHandlers> = {}) {
      const pair = await makePair();
      open.push(pair);
      const bugs: unknown[] = [];
      const server = createServer(testContract, { ...handlers, ...changed }, pair.server, { onBug: (bug) => bugs.push(bug) });
      const client = createClient(testContract, pair.client);
      return { client, server, pair, bugs };
    }

    afterEach(async () => {
      for (const pair of open.splice(0)) {
        pair.client.close();
        await pair.close?.();
      }
    });

    test('answers each call with its own output', async () => {
      const { client } = await connect();
      const answers = await Promise.all([1, 2, 3].map((value) => client.call('number.double', { value })));
      expect(answers).toEqual([{ value: 2 }, { value: 4 }, { value: 6 }]);
    });

    test('keeps large and odd text as it is', async () => {
      const text = `${'x'.repeat(2_000_000)}\u0000\u2028"\\ \u{1F600}`;
      const { client } = await connect({ 'test.wait': async () => ({ text }) });
      expect((await client.call('test.wait', {})).text).toBe(text);
    });

    test('reports progress in order, all of it before the answer', async () => {
      const { client } = await connect();
      const seen: number[] = [];
      const answer = await client.call('number.count', { to: 5 }, { onProgress: ({ at }) => seen.push(at) });
      expect(seen).toEqual([1, 2, 3, 4, 5]);
      expect(answer).toEqual({ at: 5 });
    });

    test('drops progress after the end', async () => {
      let late: ((progress: { at: number }) => void) | undefined;
      const { client } = await connect({
        'number.count': async ({ to }, { progress }) => {
          late = progress;
          return { at: to };
        },
      });
      const seen: number[] = [];
      await client.call('number.count', { to: 1 }, { onProgress: ({ at }) => seen.push(at) });
      late?.({ at: 99 });
      await tick();
      expect(seen).toEqual([]);
    });

    test('an error arrives with its code, its words, its place and its suggestions, and nothing else', async () => {
      const { client, bugs } = await connect();
      const error = await failure(client.call('test.fail', { how: 'app' }));
      expect(error).toMatchObject({ code: 'bad-input', message: 'No column "rewrd".', details: { at: 3, suggestions: ['reward'] } });
      expect(error.details.cause).toBeUndefined();
      expect(bugs).toEqual([]);
    });

    test('a bug arrives as internal and stays on its side with its stack', async () => {
      const { client, bugs, pair } = await connect();
      const error = await failure(client.call('test.fail', { how: 'bug' }));
      expect(error).toMatchObject({ code: 'internal', message: 'oops' });
      expect(bugs).toHaveLength(1);
      const messages: unknown[] = [];
      pair.client.receive((message) => messages.push(message));
      pair.client.send({ kind: 'request', id: 900, method: 'test.fail', input: { how: 'bug' } });
      await expect.poll(() => messages.length).toBe(1);
      expect(JSON.stringify(messages)).not.toMatch(/conformance|stack/);
    });

    test('the answering side parses input, and the handler never sees what does not fit', async () => {
      let calls = 0;
      const { pair } = await connect({
        'number.double': async ({ value }) => {
          calls += 1;
          return { value };
        },
      });
      const messages = collect(pair.client);
      pair.client.send({ kind: 'request', id: 1, method: 'number.double', input: { value: 'three' } });
      await expect.poll(() => messages).toMatchObject([{ kind: 'fail', id: 1, error: { code: 'bad-input' } }]);
      expect(calls).toBe(0);
    });

    test('the asking side parses output and progress', async () => {
      const { client } = await connect();
      expect(await failure(client.call('test.fail', { how: 'output' }))).toMatchObject({ code: 'internal' });
      expect(await failure(client.call('test.fail', { how: 'progress' }))).toMatchObject({ code: 'internal' });
    });

    test('an unknown method is refused, inherited names too', async () => {
      const { pair } = await connect();
      const messages = collect(pair.client);
      pair.client.send({ kind: 'request', id: 1, method: 'number.triple', input: {} });
      pair.client.send({ kind: 'request', id: 2, method: 'constructor', input: {} });
      const refused = (id: number) => ({ kind: 'fail', id, error: { code: 'bad-input' } });
      await expect.poll(() => messages).toMatchObject([refused(1), refused(2)]);
    });

    test('nonsense is survived; what has an id is refused', async () => {
      const { client, pair } = await connect();
      for (const nonsense of [null, 7, 'text', [], {}, { kind: 'request' }]) pair.client.send(nonsense);
      expect(await client.call('number.double', { value: 4 })).toEqual({ value: 8 });
      const messages = collect(pair.client);
      pair.client.send({ kind: 'dance', id: 5 });
      await expect.poll(() => messages).toMatchObject([{ kind: 'fail', id: 5, error: { code: 'bad-input' } }]);
    });

    test('a second request under a running id is not run', async () => {
      let calls = 0;
      const { pair } = await connect({
        'test.wait': async () => {
          calls += 1;
          await tick();
          return { text: 'once' };
        },
      });
      const messages = collect(pair.client);
      for (let i = 0; i < 2; i++) pair.client.send({ kind: 'request', id: 1, method: 'test.wait', input: {} });
      await expect.poll(() => messages).toEqual([{ kind: 'reply', id: 1, output: { text: 'once' } }]);
      await tick(40);
      expect({ calls, answers: messages.length }).toEqual({ calls: 1, answers: 1 });
    });

    test('aborting cancels on both sides', async () => {
      const wait = waiting();
      const { client } = await connect({ 'test.wait': wait.handler });
      const abort = new AbortController();
      const call = failure(client.call('test.wait', {}, { signal: abort.signal }));
      await wait.started;
      abort.abort();
      expect((await call).code).toBe('cancelled');
      await wait.aborted;
    });

    test('a call that was aborted before it began is never sent', async () => {
      let calls = 0;
      const { client } = await connect({
        'number.double': async ({ value }) => {
          calls += 1;
          return { value };
        },
      });
      const abort = new AbortController();
      abort.abort();
      expect((await failure(client.call('number.double', { value: 1 }, { signal: abort.signal }))).code).toBe('cancelled');
      await tick();
      expect(calls).toBe(0);
    });

    test('aborting after the answer, and cancelling what never ran, does nothing', async () => {
      const { client, pair } = await connect();
      const abort = new AbortController();
      expect(await client.call('number.double', { value: 1 }, { signal: abort.signal })).toEqual({ value: 2 });
      abort.abort();
      pair.client.send({ kind: 'cancel', id: 12345 });
      expect(await client.call('number.double', { value: 2 })).toEqual({ value: 4 });
    });

    test.each(['client', 'server'] as const)('when the %s closes, calls fail with closed and handlers are aborted', async (side) => {
      const wait = waiting();
      const { client, server } = await connect({ 'test.wait': wait.handler });
      const call = failure(client.call('test.wait', {}));
      await wait.started;
      (side === 'client' ? client : server).close();
      expect((await call).code).toBe('closed');
      await wait.aborted;
      expect((await failure(client.call('number.double', { value: 1 }))).code).toBe('closed');
    });
  });
}

const handlers: TestHandlers = {
  'number.double': async ({ value }) => ({ value: value * 2 }),
  'number.count': async ({ to }, { progress }) => {
    for (let at = 1; at <= to; at++) progress({ at });
    return { at: to };
  },
  'test.wait': () => new Promise(() => undefined),
  'test.fail': async ({ how }, { progress }) => {
    switch (how) {
      case 'app':
        throw new AppError('bad-input', 'No column "rewrd".', { at: 3, suggestions: ['reward'], cause: new Error('/home/secret') });
      case 'bug':
        throw new TypeError('oops');
      case 'progress':
        progress(JSON.parse('{"at":"soon"}'));
        return null;
      case 'output':
        return JSON.parse('{"unexpected":1}');
    }
  },
};

/** A handler that ends only by being aborted, and says when it began and when that happened. */
function waiting() {
  let start = (): void => undefined;
  let stop = (): void => undefined;
  const started = new Promise<void>((resolve) => (start = resolve));
  const aborted = new Promise<void>((resolve) => (stop = resolve));
  const handler: TestHandlers['test.wait'] = (_input, { signal }) =>
    new Promise((_resolve, reject) => {
      start();
      signal.addEventListener('abort', () => {
        stop();
        reject(new AppError('cancelled', 'Cancelled.'));
      });
    });
  return { handler, started, aborted };
}

/** Takes the place of the client: everything that arrives from now on, as it is. */
function collect(transport: Transport): unknown[] {
  const messages: unknown[] = [];
  transport.receive((message) => messages.push(message));
  return messages;
}

async function failure(call: Promise<unknown>): Promise<AppError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`The call did not fail as expected: ${String(error)}`);
  return error;
}
