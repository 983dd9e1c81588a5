import type { Grant } from '../model/grant.ts';
import { transportOver, type Transport } from './transport.ts';

/** What the desktop shell's preload script puts on the page as `window.rollscope`. A page has one connection in its life. */
export interface Bridge {
  send(message: unknown): void;
  receive(handler: (message: unknown) => void): void;
  /** The engine is gone; loading the page again starts it anew. */
  onClose(handler: (reason: string) => void): void;
  /** The user dropped files or chose some in the menu: they can be opened. */
  onDrop(handler: (grant: Grant) => void): void;
}

/** The bridge as a transport. Closing it ends the page's use of it; the shell sees the page itself go. */
export function bridgeTransport(bridge: Pick<Bridge, 'send' | 'receive' | 'onClose'>): Transport {
  const { transport, deliver, ended } = transportOver({ send: (message) => bridge.send(message), close: () => undefined });
  bridge.receive(deliver);
  bridge.onClose(ended);
  return transport;
}
