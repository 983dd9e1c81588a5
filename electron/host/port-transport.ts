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
  // What one thread could write and the other cannot read (nested too deep) would leave its caller waiting for ever.
  port.on('messageerror', () => transport.close('A message between threads could not be read. Load the page again to go on.'));
  return transport;
}
