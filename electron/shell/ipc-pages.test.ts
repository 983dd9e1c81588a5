import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Bridge } from '#shared/contract/bridge.ts';
import { bridgeTransport, type Transport } from '#shared/rpc/index.ts';
import { transportConformance } from '#shared/rpc/testing/conformance.ts';
import { acceptDrops } from './drops.ts';
import { acceptPages, type IpcEvent, type PageContents } from './ipc-pages.ts';

/** A page's side of Electron, on which the real preload script runs. */
const page = vi.hoisted(() => ({
  bridge: undefined as unknown,
  send: (_channel: string, _value?: unknown): void => undefined,
  on: (_channel: string, _listener: (event: unknown, value: unknown) => void): void => undefined,
  listeners: new Map<string, (event: unknown) => void>(),
  webUtils: undefined as undefined | { getPathForFile(file: { path: string }): string },
}));
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (_name: string, bridge: unknown) => (page.bridge = bridge) },
  ipcRenderer: {
    send: (channel: string, value?: unknown) => page.send(channel, value),
    on: (channel: string, listener: () => void) => page.on(channel, listener),
  },
  get webUtils() {
    return page.webUtils;
  },
}));
vi.stubGlobal('window', { addEventListener: (type: string, listener: (event: unknown) => void) => page.listeners.set(type, listener) });

class FakeContents extends EventEmitter implements PageContents {
  destroyed = false;
  constructor(
    readonly id: number,
    readonly toPage: EventEmitter,
  ) {
    super();
  }
  send(channel: string, value: unknown): void {
    const copy: unknown = structuredClone(value);
    setImmediate(() => this.toPage.emit(channel, {}, copy));
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
}

let nextId = 1;

/** Loads the preload script into a new page of a main process. */
async function loadPage({ trusted = true, contents = new FakeContents(nextId++, new EventEmitter()) } = {}) {
  const toMain = new EventEmitter();
  const opened: Transport[] = [];
  const dropped: (readonly string[])[] = [];
  const ipc = { on: (channel: string, listener: (event: IpcEvent, value: unknown) => void) => toMain.on(channel, listener) };
  acceptPages(
    ipc,
    () => trusted,
    (transport) => opened.push(transport),
  );
  acceptDrops(
    ipc,
    () => trusted,
    (paths) => dropped.push(paths),
  );
  page.send = (channel, value) => {
    const copy: unknown = structuredClone(value);
    setImmediate(() => toMain.emit(channel, { sender: contents }, copy));
  };
  page.on = (channel, listener) => void contents.toPage.on(channel, listener);
  vi.resetModules();
  await import('../preload.ts');
  await new Promise((resolve) => setImmediate(resolve));
  return { bridge: page.bridge as Bridge, opened, dropped, contents, toMain };
}

beforeEach(() => page.listeners.clear());

transportConformance('Electron IPC', async () => {
  const { bridge, opened, contents } = await loadPage();
  const [server] = opened;
  if (!server) throw new Error('the page did not connect');
  const client = bridgeTransport(bridge);
  // What the bridge's page end cannot do, its window does: the contents are destroyed with it.
  return { client: { ...client, close: (reason) => (client.close(reason), contents.emit('destroyed')) }, server };
});

test('a page that is not trusted gets no connection, and no drop of it counts', async () => {
  const { opened, dropped, toMain, contents } = await loadPage({ trusted: false });
  toMain.emit('rollscope:message', { sender: contents }, { kind: 'request', id: 1, method: 'x', input: {} });
  toMain.emit('rollscope:drop', { sender: contents }, ['/etc/passwd']);
  expect({ opened, dropped }).toEqual({ opened: [], dropped: [] });
});

test('loading again ends the connection before; a crash ends it; a destroyed page is sent nothing', async () => {
  const { opened, toMain, contents } = await loadPage();
  const reasons: string[] = [];
  opened[0]?.onClose((reason) => reasons.push(reason));
  toMain.emit('rollscope:connect', { sender: contents });
  expect(reasons).toEqual(['The page was loaded again.']);
  opened[1]?.onClose((reason) => reasons.push(reason));
  contents.emit('render-process-gone');
  expect(reasons).toEqual(['The page was loaded again.', 'The page is gone.']);

  const third = await loadPage();
  third.contents.destroyed = true;
  const send = vi.spyOn(third.contents, 'send');
  third.opened[0]?.send({ kind: 'reply', id: 1, output: {} });
  expect(send).not.toHaveBeenCalled();
});

test.each([
  ['webUtils', { getPathForFile: ({ path }: { path: string }) => path }],
  ['the older way', undefined],
])('a drop sends the paths of real files to the main process, by %s', async (_name, webUtils) => {
  page.webUtils = webUtils;
  const { dropped } = await loadPage();
  const drop = (files: unknown[]) => page.listeners.get('drop')?.({ dataTransfer: { files }, preventDefault: () => undefined });
  drop([{ path: '/runs/a.jsonl' }, { path: '' }, { path: '/runs/b.jsonl' }]);
  drop([{ path: '' }]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(dropped).toEqual([['/runs/a.jsonl', '/runs/b.jsonl']]);
});

test('paths that are no list of texts are no drop', async () => {
  const { dropped, toMain, contents } = await loadPage();
  for (const value of [undefined, 'path', [], [''], [7], { 0: 'path' }]) toMain.emit('rollscope:drop', { sender: contents }, value);
  expect(dropped).toEqual([]);
});
