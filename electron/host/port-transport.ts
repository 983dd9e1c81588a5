import type { MessagePort } from 'node:worker_threads';
import { transportOver, type Transport } from '#shared/rpc/index.ts';

/** One end of a MessageChannel as a transport. `lost` says why, when the other thread goes away. */
export function portTransport(port: MessagePort, lost: string): Transport {
  const { transport, deliver, ended } = transportOver({
    send: (message) => port.postMessage(message),
    close: () => port.close(),
  });
  port.on('close', () => ended(lost));
  port.on('message', deliver);
  return transport;
}
