import { MessageChannel, Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { transportConformance } from '#shared/rpc/testing/conformance.ts';
import { portTransport } from './port-transport.ts';

transportConformance('a MessagePort', () => {
  const { port1, port2 } = new MessageChannel();
  return {
    client: portTransport(port1, 'The other thread is gone.'),
    server: portTransport(port2, 'The other thread is gone.'),
    close: () => port1.close(),
  };
});

/** Its stack is larger than ours: it can write what we cannot read. */
const deepWriter = `
const { workerData } = require('node:worker_threads');
let value = 1;
for (let depth = 0; depth < 20_000; depth++) value = [value];
workerData.postMessage(value);
`;

test('a message that cannot be read hangs up, so that nobody waits for ever', async () => {
  const { port1, port2 } = new MessageChannel();
  const reader = portTransport(port1, 'The other thread is gone.');
  const heard: unknown[] = [];
  reader.receive((message) => heard.push(message));
  const closed = new Promise<string>((resolve) => reader.onClose(resolve));
  const worker = new Worker(deepWriter, { eval: true, workerData: port2, transferList: [port2], resourceLimits: { stackSizeMb: 64 } });
  expect(await closed).toContain('could not be read');
  expect(heard).toEqual([]);
  await worker.terminate();
});
