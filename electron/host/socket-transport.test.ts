import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { socketTransport } from '#shared/rpc/index.ts';
import { transportConformance } from '#shared/rpc/testing/conformance.ts';

const http = createServer();
const sockets = new WebSocketServer({ server: http });

beforeAll(() => new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise<void>((resolve) => void http.close(() => resolve())));

transportConformance('a WebSocket', async () => {
  const { port } = http.address() as AddressInfo;
  const accepted = new Promise<WebSocket>((resolve) => void sockets.once('connection', resolve));
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  return {
    client: socketTransport(socket),
    server: socketTransport(await accepted),
    close: () => socket.terminate(),
  };
});
