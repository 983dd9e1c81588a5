import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { AppError, toAppError } from '#shared/errors.ts';
import { socketTransport, type Transport } from '#shared/rpc/index.ts';
import { commonHeaders } from '../host/security-headers.ts';
import { readStatic, type StaticResponse } from '../host/static-files.ts';
import type { Access } from './access.ts';
import { foreignOrigin, noAccess, unknownHost, wrongMethod } from './refusal.ts';
import type { Uploads } from './uploads.ts';

export interface HttpOptions {
  readonly access: Access;
  /** Folder of the built page. */
  readonly page: string;
  readonly uploads: Uploads;
  /** A page has connected. */
  readonly onPage: (transport: Transport) => void;
  /** 0: any free one. */
  readonly port: number;
}

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Largest message a page may send: a recipe or a filter, never data. */
const maxMessageBytes = 4 << 20;
const closeWithinMs = 300;

/** The page, its files, its WebSocket at /rpc and its uploads, on 127.0.0.1. Fails with bad-input when the port is taken. */
export async function startHttpServer(options: HttpOptions): Promise<HttpServer> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  const server = createServer((request, response) => {
    answer(request, options)
      .catch((error: unknown) => failed(error))
      .then(
        (found) => send(request, response, found),
        () => response.destroy(),
      );
  });
  // Uploads of many gigabytes take as long as they take.
  server.requestTimeout = 0;

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refused = refuseUpgrade(request, options.access);
    if (refused) {
      socket.end(`HTTP/1.1 ${refused.status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      // Without a listener a broken frame would end the process; the close that follows is heard by the transport.
      accepted.on('error', () => undefined);
      options.onPage(socketTransport(accepted));
    });
  });

  const port = await listen(server, options.port);
  return {
    port,
    async close() {
      for (const socket of sockets.clients) socket.close(1001, 'Rollscope was stopped in its terminal.');
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      // Who has not hung up by then does not get to hold us.
      const timer = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
      }, closeWithinMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

async function answer(request: IncomingMessage, { access, page, uploads }: HttpOptions): Promise<StaticResponse> {
  const { headers, method } = request;
  if (!access.isKnownHost(headers)) return unknownHost;
  const url = urlOf(request);
  const token = url.pathname === '/' ? url.searchParams.get('token') : null;
  if (token !== null && access.admits(token)) return toPage({ 'set-cookie': access.setCookie });
  if (!access.hasCookie(headers)) return noAccess;
  if (token !== null) return toPage({});

  if (method === 'PUT' && url.pathname.startsWith('/upload/')) {
    if (!access.isOwnOrigin(headers)) return foreignOrigin;
    return text(200, 'application/json', JSON.stringify(await uploads.receive(uploadName(url.pathname), request)));
  }
  if (method !== 'GET' && method !== 'HEAD') return wrongMethod;
  return await readStatic(page, url.pathname, [`ws://${headers.host}`, `wss://${headers.host}`]);
}

function refuseUpgrade(request: IncomingMessage, access: Access): StaticResponse | undefined {
  const { headers } = request;
  if (!access.isKnownHost(headers)) return unknownHost;
  if (!access.isOwnOrigin(headers)) return foreignOrigin;
  if (!access.hasCookie(headers)) return noAccess;
  return urlOf(request).pathname === '/rpc' ? undefined : wrongMethod;
}

/** The page's plain address: the token leaves the address bar and the history. */
function toPage(headers: Record<string, string>): StaticResponse {
  return { status: 303, headers: { ...commonHeaders, ...headers, location: '/', 'cache-control': 'no-store' }, body: '' };
}

function failed(error: unknown): StaticResponse {
  const { code, message } = toAppError(error);
  if (code === 'internal') console.error('A request failed:', error);
  const status = code === 'bad-input' ? 400 : code === 'unwritable' ? 507 : 500;
  return text(status, 'text/plain', message);
}

function text(status: number, type: string, body: string): StaticResponse {
  return { status, headers: { ...commonHeaders, 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }, body };
}

function send({ method }: IncomingMessage, response: ServerResponse, { status, headers, body }: StaticResponse): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(method === 'HEAD' ? undefined : body);
}

/** Only path and query count; what a proxy-like request line says of the host does not. */
function urlOf({ url = '/' }: IncomingMessage): URL {
  return new URL(url.startsWith('/') ? `http://localhost/${url.replace(/^\/+/, '')}` : 'http://localhost/invalid');
}

function uploadName(pathname: string): string {
  try {
    return decodeURIComponent(pathname.slice('/upload/'.length));
  } catch {
    return '';
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'is in use' : error.code === 'EACCES' ? 'needs more rights' : `cannot be used (${error.message})`;
      reject(
        new AppError('bad-input', `Port ${port} ${why}. Choose another with --port, or leave it out for any free one.`, { cause: error }),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
