import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Transport } from '#shared/rpc/index.ts';
import { startEngineWorker } from './start-engine.ts';

/** A worker that says yes to its shell, echoes to pages what it was started with, and can be made to crash, hang or end. */
const fakeWorker = `
const { parentPort, workerData, MessagePort } = require('node:worker_threads');
const { control, ...data } = workerData;
const granted = [];
control.on('message', ({ id, method, input }) => {
  granted.push(input.grant ?? input.paths);
  control.postMessage({ kind: 'reply', id, output: method === 'host.expand' ? { files: input.paths } : {} });
});
control.on('close', () => { if (!globalThis.hang) { parentPort.unref(); for (const port of ports) port.close(); } });
const ports = [];
parentPort.on('message', (port) => {
  ports.push(port);
  port.on('message', (message) => {
    if (message === 'crash') throw new Error('a bug');
    if (message === 'hang') globalThis.hang = true;
    port.postMessage({ data, granted });
  });
});
`;

let folder = '';
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rollscope-worker-'));
  file = path.join(folder, 'worker.cjs');
  await writeFile(file, fakeWorker);
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (page: Transport, message: unknown): Promise<unknown> =>
  new Promise((resolve) => {
    page.receive(resolve);
    page.send(message);
  });
const closed = (page: Transport): Promise<string> => new Promise((resolve) => page.onClose(resolve));

function start() {
  const crashes: string[] = [];
  const onCrash = (error: Error): void => void crashes.push(error.message);
  return { crashes, engine: startEngineWorker({ file, scanThread: '/scan.cjs', version: '1.2.3', threads: 2, onCrash }) };
}

test('the worker gets what it is started with and every grant; each page a connection of its own', async () => {
  const { engine } = start();
  await engine.grant('g1', ['/a']);
  expect(await engine.expand(['/folder'], true)).toEqual(['/folder']);
  const [first, second] = [engine.connect(), engine.connect()];
  const answer = {
    data: { scanThread: '/scan.cjs', version: '1.2.3', threads: 2, grants: [['g1', ['/a']]] },
    granted: ['g1', ['/folder']],
  };
  expect(await ask(first, 'hello')).toEqual(answer);
  first.close();
  expect(await ask(second, 'hello')).toEqual(answer);
  await engine.close();
  expect(await closed(second)).toMatch(/engine stopped/);
});

test('a crash is told to its pages; the next page gets a new worker that knows the grants', async () => {
  const { engine, crashes } = start();
  await engine.grant('g1', ['/a']);
  const page = engine.connect();
  page.send('crash');
  expect(await closed(page)).toMatch(/The engine stopped\. Load the page again/);
  await expect.poll(() => crashes).toEqual(['a bug']);
  const again = engine.connect();
  expect(await ask(again, 'hello')).toMatchObject({ data: { grants: [['g1', ['/a']]] }, granted: [] });
  await engine.close();
});

test('a worker that does not end is ended', async () => {
  const { engine } = start();
  const page = engine.connect();
  await ask(page, 'hang');
  await engine.close();
  expect(await closed(page)).toMatch(/engine stopped/);
}, 10_000);
