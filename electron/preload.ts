/** The bridge: all that a page gets of Electron. Sandboxed, so one file; the channel names are those of shell/channels.ts. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '#shared/contract/bridge.ts';

/** The part of the DOM that is used here; the rest of this folder runs where there is none. */
declare const window: {
  addEventListener(type: 'dragover' | 'drop', listener: (event: DropEvent) => void, capture: boolean): void;
};
interface DropEvent {
  readonly dataTransfer: { readonly files: Iterable<File> } | null;
  preventDefault(): void;
}

const bridge: Bridge = {
  send: (message) => ipcRenderer.send('rollscope:message', message),
  receive: (handler) => void ipcRenderer.on('rollscope:message', (_event, message: unknown) => handler(message)),
  onClose: (handler) => void ipcRenderer.on('rollscope:closed', (_event, reason: string) => handler(reason)),
  onDrop: (handler) => void ipcRenderer.on('rollscope:grant', (_event, grant: Parameters<typeof handler>[0]) => handler(grant)),
};

// Each load of the page is a connection of its own: what an earlier one asked for ends here.
ipcRenderer.send('rollscope:connect');
contextBridge.exposeInMainWorld('rollscope', bridge);

/** Without this the window would show a dropped file instead of the app. Paths go to the main process, never to the page. */
window.addEventListener('dragover', (event) => event.preventDefault(), true);
window.addEventListener(
  'drop',
  (event) => {
    event.preventDefault();
    const paths = [...(event.dataTransfer?.files ?? [])].map(pathOf).filter((path) => path !== '');
    if (paths.length > 0) ipcRenderer.send('rollscope:drop', paths);
  },
  true,
);

/** Empty for a file that a script made up. Before Electron 29 there are no webUtils, and files carry their path. */
function pathOf(file: File & { readonly path?: unknown }): string {
  if (webUtils) return webUtils.getPathForFile(file);
  return typeof file.path === 'string' ? file.path : '';
}
