/**
 * One connection between a client and a server. It carries what JSON can hold, in order, and drops nothing while it is
 * open. What is sent after the close goes nowhere.
 */
export interface Transport {
  send(message: unknown): void;
  /** One handler; messages that come before it is set wait for it. */
  receive(handler: (message: unknown) => void): void;
  /** Runs once, whichever side closed, at once when that has happened already. `reason` is fit for the screen. */
  onClose(handler: (reason: string) => void): void;
  /** Hangs up. The other side learns `reason` where the link can carry one. */
  close(reason?: string): void;
}

/** What an adapter gets to tell its transport about the link underneath. */
export interface TransportEnd {
  readonly transport: Transport;
  deliver(message: unknown): void;
  /** The link is gone. */
  ended(reason: string): void;
}

/** The life of a connection, the same for every kind of link: adapters only say how to send and how to hang up. */
export function transportOver(link: { send(message: unknown): void; close(reason: string): void }): TransportEnd {
  const waiting: unknown[] = [];
  const closeHandlers: ((reason: string) => void)[] = [];
  let receiver: ((message: unknown) => void) | undefined;
  let closedBecause: string | undefined;

  const ended = (reason: string): void => {
    if (closedBecause !== undefined) return;
    closedBecause = reason;
    for (const handler of closeHandlers.splice(0)) handler(reason);
  };

  return {
    transport: {
      send(message) {
        if (closedBecause === undefined) link.send(message);
      },
      receive(handler) {
        receiver = handler;
        for (const message of waiting.splice(0)) handler(message);
      },
      onClose(handler) {
        if (closedBecause === undefined) closeHandlers.push(handler);
        else handler(closedBecause);
      },
      close(reason = 'The connection was closed.') {
        if (closedBecause !== undefined) return;
        link.close(reason);
        ended(reason);
      },
    },
    deliver(message) {
      if (closedBecause !== undefined) return;
      if (receiver) receiver(message);
      else waiting.push(message);
    },
    ended,
  };
}
