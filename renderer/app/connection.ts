import { createClient, bridgeTransport, socketTransport, type Bridge, type Client, type Transport } from '#shared/rpc/index.ts';
import { pageContract, type Call, type PageContract } from '../data/client.tsx';

declare global {
  interface Window {
    /** Put there by the desktop shell. */
    readonly rollscope?: Bridge;
  }
}

export interface ConnectionState {
  readonly call: Call;
  /** Counts connections: what was built on an earlier one is built anew. */
  readonly number: number;
  /** Why there is no connection any more; null while there is one. */
  readonly lost: string | null;
}

/** The page's one connection to what serves it: the desktop shell's bridge, or a WebSocket to where the page came from. */
export class Connection {
  #client: Client<PageContract>;
  #state: ConnectionState;
  readonly #listeners = new Set<() => void>();
  readonly #grantListeners = new Set<(grant: string) => void>();

  constructor() {
    [this.#client, this.#state] = this.#open(1);
    window.rollscope?.onDrop(({ grant }) => {
      for (const listener of this.#grantListeners) listener(grant);
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Hears what the user dropped on the window or chose in the shell's menu. */
  readonly onGrant = (listener: (grant: string) => void): (() => void) => {
    this.#grantListeners.add(listener);
    return () => this.#grantListeners.delete(listener);
  };

  readonly state = (): ConnectionState => this.#state;

  /** A lost bridge comes back with the page; a socket is simply opened again. */
  readonly reconnect = (): void => {
    if (window.rollscope !== undefined) {
      window.location.reload();
      return;
    }
    this.#client.close();
    [this.#client, this.#state] = this.#open(this.#state.number + 1);
    this.#tell();
  };

  #open(number: number): [Client<PageContract>, ConnectionState] {
    const transport = openTransport();
    const client = createClient(pageContract, transport);
    transport.onClose((reason) => {
      if (this.#client !== client) return;
      this.#state = { ...this.#state, lost: reason };
      this.#tell();
    });
    return [client, { call: client.call, number, lost: null }];
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function openTransport(): Transport {
  if (window.rollscope !== undefined) return bridgeTransport(window.rollscope);
  // The cookie that the printed address left with the browser says who asks.
  const url = new URL('/rpc', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return socketTransport(new WebSocket(url));
}
