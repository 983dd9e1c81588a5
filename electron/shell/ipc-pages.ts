import { transportOver, type Transport, type TransportEnd } from '#shared/rpc/index.ts';
import { channels } from './channels.ts';

/** The part of Electron's WebContents that a connection needs. */
export interface PageContents {
  readonly id: number;
  send(channel: string, value: unknown): void;
  isDestroyed(): boolean;
  once(event: 'destroyed', listener: () => void): unknown;
  once(event: 'render-process-gone', listener: () => void): unknown;
}
export interface IpcEvent {
  readonly sender: PageContents;
}
/** The part of Electron's ipcMain that is used here. */
export interface IpcListener<E extends IpcEvent> {
  on(channel: string, listener: (event: E, value: unknown) => void): unknown;
}

/**
 * Makes a transport of each page that loads. A page that loads again, crashes or is closed ends the one it had. What comes
 * from a sender that is not trusted is not looked at.
 */
export function acceptPages<E extends IpcEvent>(
  ipc: IpcListener<E>,
  isTrusted: (event: E) => boolean,
  onPage: (page: Transport) => void,
): void {
  const open = new Map<number, TransportEnd>();

  ipc.on(channels.connect, (event) => {
    if (!isTrusted(event)) return;
    const { sender } = event;
    open.get(sender.id)?.ended('The page was loaded again.');
    const page = pageTransport(sender);
    open.set(sender.id, page);
    const gone = (): void => page.ended('The page is gone.');
    sender.once('destroyed', gone);
    sender.once('render-process-gone', gone);
    page.transport.onClose(() => {
      if (open.get(sender.id) === page) open.delete(sender.id);
    });
    onPage(page.transport);
  });
  ipc.on(channels.message, (event, message) => {
    if (isTrusted(event)) open.get(event.sender.id)?.deliver(message);
  });
}

function pageTransport(sender: PageContents): TransportEnd {
  const send = (channel: string, value: unknown): void => {
    if (!sender.isDestroyed()) sender.send(channel, value);
  };
  return transportOver({ send: (message) => send(channels.message, message), close: (reason) => send(channels.closed, reason) });
}
