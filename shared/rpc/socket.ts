import { transportOver, type Transport } from './transport.ts';

/** What a browser's WebSocket and that of `ws` have in common. */
export interface SocketLike {
  readonly readyState: number;
  send(data: string): void;
  close(code: number, reason: string): void;
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly reason: string }) => void): void;
}

const stateOpen = 1;
const closedNormally = 1000;

/** A WebSocket as a transport: one JSON text a message. What is sent before it is open waits. */
export function socketTransport(socket: SocketLike): Transport {
  const early: string[] = [];
  const { transport, deliver, ended } = transportOver({
    send(message) {
      const text = JSON.stringify(message);
      if (socket.readyState < stateOpen) early.push(text);
      else if (socket.readyState === stateOpen) socket.send(text);
    },
    close: (reason) => socket.close(closedNormally, closeReason(reason)),
  });
  socket.addEventListener('open', () => {
    for (const text of early.splice(0)) socket.send(text);
  });
  socket.addEventListener('message', ({ data }) => {
    const message = typeof data === 'string' ? parseText(data) : undefined;
    if (message) deliver(message.value);
  });
  socket.addEventListener('close', ({ reason }) => ended(reason === '' ? 'The connection was lost.' : reason));
  return transport;
}

/** A close frame holds 123 bytes of reason. */
const closeReason = (reason: string): string => reason.replace(/[^\x20-\x7e]/g, '?').slice(0, 123);

/** Undefined for text that is no JSON: nobody of ours sent it. */
function parseText(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
