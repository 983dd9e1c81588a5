import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { grant as grantSchema } from '#shared/model/grant.ts';
import { createClient, createServer, socketTransport } from '#shared/rpc/index.ts';
import { Grants } from '../host/grants.ts';
import { createAccess } from './access.ts';
import { startHttpServer, type HttpServer } from './http-server.ts';
import { createUploads } from './uploads.ts';

const echo = { 'text.echo': { input: z.object({ text: z.string() }), output: z.object({ text: z.string() }) } };
const access = createAccess(['training-node']);
const grants = new Grants(async () => undefined);
const uploads = createUploads(grants);
let folder = '';
let server: HttpServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rollscope-http-'));
  const page = path.join(folder, 'page');
  await mkdir(page);
  await writeFile(path.join(page, 'index.html'), '<!doctype html>the page');
  await writeFile(path.join(folder, 'secret.json'), 'secret');
  server = await startHttpServer({
    access,
    page,
    uploads,
    port: 0,
    onPage: (transport) => void createServer(echo, { 'text.echo': async (input) => input }, transport),
  });
});
afterAll(async () => {
  await server.close();
  await uploads.close();
  await rm(folder, { recursive: true });
});

type Headers = Record<string, string>;
interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** Unlike fetch it sends the path and the Host as given. */
function request(
  target: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Headers; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { port: server.port, host: '127.0.0.1', path: target, method, headers: { host: own(), ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
const own = (): string => `127.0.0.1:${server.port}`;
const cookie = (): string => access.setCookie.split(';')[0] ?? '';

/** The status that refused a WebSocket, or an open one. */
function connect(target: string, headers: Headers): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${own()}${target}`, { headers });
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (sent, response) => {
      resolve(response.statusCode ?? 0);
      sent.destroy();
    });
    socket.once('error', reject);
  });
}

test('a ticket lets in once; the token goes on letting in', async () => {
  const ticket = access.issueTicket();
  expect(ticket).not.toBe(access.token);
  const first = await request(`/?token=${ticket}`);
  expect(first.status).toBe(303);
  expect(first.headers['set-cookie']).toBeDefined();
  expect((await request(`/?token=${ticket}`)).status).toBe(401);
  expect((await request(`/?token=${ticket}`, { headers: { cookie: cookie() } })).headers['set-cookie']).toBeUndefined();
  expect((await request(`/?token=${access.token}`)).status).toBe(303);
});

test('the token becomes a cookie that no script sees, and leaves the address', async () => {
  const { status, headers } = await request(`/?token=${access.token}`);
  expect(status).toBe(303);
  expect(headers.location).toBe('/');
  expect(headers['set-cookie']?.[0]).toMatch(/^rollscope-\w+=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/);
  expect(headers['set-cookie']?.[0]).not.toContain(access.token);
  expect(headers['referrer-policy']).toBe('no-referrer');

  const page = await request('/', { headers: { cookie: `other=1; ${cookie()}; more=2` } });
  expect(page).toMatchObject({ status: 200, body: '<!doctype html>the page' });
  expect(page.headers['content-security-policy']).toContain(`connect-src 'self' ws://${own()} wss://${own()};`);
});

test.each([
  ['no token', '/', {}],
  ['an empty token', '/?token=', {}],
  ['a wrong token', `/?token=${'A'.repeat(32)}`, {}],
  ['the token at another path', '/index.html?token=TOKEN', {}],
  ['another cookie', '/', { cookie: 'rollscope-000000000000=x' }],
  ['the token as the cookie', '/', { cookie: 'NAME=TOKEN' }],
])('%s: 401 with advice', async (_what, target, headers: Headers) => {
  const fill = (text: string): string => text.replace('TOKEN', access.token).replace('NAME', cookie().split('=')[0] ?? '');
  const answer = await request(fill(target), {
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)])),
  });
  expect(answer.status).toBe(401);
  expect(answer.body).toContain('Open the whole address');
  expect(answer.headers['set-cookie']).toBeUndefined();
});

test.each(['localhost', '127.0.0.1', '[::1]', 'localhost:1', 'LocalHost:65535', 'training-node', 'training-node:8080'])(
  'Host %s is ours',
  async (host) => {
    expect((await request('/', { headers: { host, cookie: cookie() } })).status).toBe(200);
  },
);

test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '127.0.0.2', 'localhost@evil', '0.0.0.0'])(
  'Host "%s" is refused, token or not',
  async (host) => {
    const answer = await request(`/?token=${access.token}`, { headers: { host, cookie: cookie() } });
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
  },
);

test.each(['/../secret.json', '/%2e%2e/secret.json', '/..%2fsecret.json', '//evil.example/', 'http://evil.example/'])(
  'GET %s reads nothing',
  async (target) => {
    const answer = await request(target, { headers: { cookie: cookie() } });
    expect(answer.body).not.toContain('secret');
    expect(answer.status).not.toBe(303);
  },
);

test('other methods are refused', async () => {
  for (const method of ['POST', 'DELETE', 'OPTIONS'])
    expect((await request('/', { method, headers: { cookie: cookie() } })).status).toBe(405);
});

test('a WebSocket with cookie and own Origin carries calls', async () => {
  const socket = await connect('/rpc', { cookie: cookie(), origin: `http://${own()}` });
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  const client = createClient(echo, socketTransport(socket));
  expect(await client.call('text.echo', { text: 'hello' })).toEqual({ text: 'hello' });
  client.close();
});

test('a WebSocket lacking anything is refused', async () => {
  const origin = `http://${own()}`;
  expect(await connect('/rpc', { origin })).toBe(401);
  expect(await connect('/rpc', { cookie: cookie() })).toBe(403);
  for (const foreign of ['http://evil.example', `http://127.0.0.1:${server.port + 1}`, `http://localhost:${server.port}`, 'null']) {
    expect(await connect('/rpc', { cookie: cookie(), origin: foreign })).toBe(403);
  }
  expect(await connect('/rpc', { cookie: cookie(), origin: 'http://evil.example', host: 'evil.example' })).toBe(403);
  expect(await connect('/other', { cookie: cookie(), origin })).toBe(405);
});

const ownUpload = (): Headers => ({ cookie: cookie(), origin: `http://${own()}` });

test('an upload becomes a grant, two of one name are two files, and closing removes them', async () => {
  const body = Buffer.alloc(3_000_000, 'x');
  const [first, second] = [
    await request('/upload/my%20run%20%C3%A9.jsonl', { method: 'PUT', headers: ownUpload(), body }),
    await request('/upload/my%20run%20%C3%A9.jsonl', { method: 'PUT', headers: ownUpload(), body: '{}\n' }),
  ];
  const parse = (text: string) => grantSchema.parse(JSON.parse(text));
  expect(first.status).toBe(200);
  expect(parse(first.body)).toMatchObject({ name: 'my run é.jsonl', bytes: 3_000_000 });
  expect(parse(second.body).grant).not.toBe(parse(first.body).grant);
  const [file = ''] = grants.get(parse(first.body).grant).paths;
  expect((await readFile(file)).equals(body)).toBe(true);
  await uploads.close();
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});

test.each(['/upload/', '/upload/..', '/upload/..%2f..%2fx', '/upload/a%2fb', '/upload/a%5cb', '/upload/%00', '/upload/%zz'])(
  'PUT %s is refused',
  async (target) => {
    const answer = await request(target, { method: 'PUT', headers: ownUpload(), body: 'x' });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  },
);

test('an upload from elsewhere is refused, and nothing is written', async () => {
  const before = (await readdir(os.tmpdir())).filter((name) => name.startsWith('rollscope-upload-'));
  const put = (headers: Headers) => request('/upload/x.jsonl', { method: 'PUT', headers, body: 'x' });
  expect((await put({ origin: `http://${own()}` })).status).toBe(401);
  expect((await put({ cookie: cookie() })).status).toBe(403);
  expect((await put({ cookie: cookie(), origin: 'http://evil.example' })).status).toBe(403);
  expect((await readdir(os.tmpdir())).filter((name) => name.startsWith('rollscope-upload-'))).toEqual(before);
});

test('a port in use is said with a way out', async () => {
  const again = startHttpServer({ access, page: folder, uploads, port: server.port, onPage: () => undefined });
  await expect(again).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('in use. Choose another with --port') });
});
