import { MessageChannel } from 'node:worker_threads';
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
