import { transportOver, type Transport, type TransportEnd } from './transport.ts';

/** Both ends of a connection inside one thread. Messages go through JSON, so that nothing passes here that a wire would not carry. */
export function memoryTransports(): [Transport, Transport] {
  const left: TransportEnd = transportOver({
    send: (message) => post(message, () => right),
    close: (reason) => hangUp(() => right, reason),
  });
  const right: TransportEnd = transportOver({
    send: (message) => post(message, () => left),
    close: (reason) => hangUp(() => left, reason),
  });
  return [left.transport, right.transport];
}

function post(message: unknown, to: () => TransportEnd): void {
  const text = JSON.stringify(message);
  void Promise.resolve().then(() => to().deliver(JSON.parse(text)));
}

function hangUp(other: () => TransportEnd, reason: string): void {
  void Promise.resolve().then(() => other().ended(reason));
}
