import { request as httpRequest, type IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { expect, test as base } from './fixtures.ts';
import { rolloutLine, writeFile } from './made-files.ts';
import { serve, type Served } from './serve.ts';

const test = base.extend<{ server: Served }>({
  server: async ({ app }, use) => {
    const file = writeFile(app.folder, 'a.jsonl', `${rolloutLine('hello')}\n`);
    const server = await serve([file], { outRoot: app.folder, config: app.folder });
    await use(server);
    await server.stop();
  },
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A request with any Host, which fetch would not send. */
async function get(url: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers, setHost: headers['Host'] === undefined }, (response) => {
      let body = '';
      response.on('data', (data: Buffer) => (body += data.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function cookieOf({ url }: Served): Promise<string> {
  const { headers } = await get(url);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

async function socket({ origin }: Served, headers: Readonly<Record<string, string>>): Promise<'open' | 'refused'> {
  const ws = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers });
  return await new Promise((resolve) => {
    ws.once('open', () => {
      ws.close();
      resolve('open');
    });
    ws.once('error', () => resolve('refused'));
  });
}

test('without the token nothing is served, and the answer says what to do', async ({ server }) => {
  for (const address of ['/', '/?token=', '/?token=wrong', '/index.html', '/assets/index.js']) {
    const { status, body } = await get(server.origin + address);
    expect(status, address).toBe(401);
    expect(body).not.toContain('<script');
  }
  expect((await get(server.origin)).body.toLowerCase()).toContain('token');
});

test('the token is exchanged for a cookie and leaves the address', async ({ server }) => {
  const { status, headers } = await get(server.url);
  expect([302, 303]).toContain(status);
  expect(headers.location).toBe('/');
  const cookie = headers['set-cookie']?.[0] ?? '';
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Strict');
  const page = await get(server.origin, { Cookie: cookie.split(';')[0] ?? '' });
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect(page.headers['x-content-type-options']).toBe('nosniff');
});

test('a foreign Host is refused, a tunnel to localhost is not', async ({ server }) => {
  const cookie = await cookieOf(server);
  const statusFor = async (host: string): Promise<number> => (await get(server.origin, { Host: host, Cookie: cookie })).status;
  expect(await statusFor('localhost:9999')).toBe(200);
  expect(await statusFor('[::1]:9999')).toBe(200);
  expect(await statusFor('evil.example')).toBeGreaterThanOrEqual(400);
  expect(await statusFor('127.0.0.1.evil.example')).toBeGreaterThanOrEqual(400);
});

test('another site cannot open the socket, nor anyone without the cookie', async ({ server }) => {
  const cookie = await cookieOf(server);
  const { origin } = server;
  expect(await socket(server, { Origin: origin, Cookie: cookie })).toBe('open');
  expect(await socket(server, { Origin: origin })).toBe('refused');
  expect(await socket(server, { Origin: origin, Cookie: cookie.replace(/=.*/, '=wrong') })).toBe('refused');
  expect(await socket(server, { Origin: 'https://evil.example', Cookie: cookie })).toBe('refused');
  expect(await socket(server, { Origin: 'null', Cookie: cookie })).toBe('refused');
  expect(await socket(server, { Cookie: cookie })).toBe('refused');
});

test('no path leads out of the page’s own files', async ({ server }) => {
  const cookie = await cookieOf(server);
  for (const address of [
    '/../../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/%2fetc%2fpasswd',
    '/a.jsonl',
    '/assets/%00',
  ]) {
    const { body } = await get(server.origin + address, { Cookie: cookie });
    expect(body, address).not.toMatch(/"name": "rollscope"|root:|hello/);
  }
});
