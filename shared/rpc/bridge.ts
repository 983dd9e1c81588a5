import type { Bridge } from '../contract/bridge.ts';
import { transportOver, type Transport } from './transport.ts';

/** The bridge as a transport. Closing it ends the page's use of it; the shell sees the page itself go. */
export function bridgeTransport(bridge: Pick<Bridge, 'send' | 'receive' | 'onClose'>): Transport {
  const { transport, deliver, ended } = transportOver({ send: (message) => bridge.send(message), close: () => undefined });
  bridge.receive(deliver);
  bridge.onClose(ended);
  return transport;
}
