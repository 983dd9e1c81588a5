import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { contract, shellContract } from '#shared/contract/index.ts';
import { createClient, socketTransport } from '#shared/rpc/index.ts';
import { buildCommandLine, type Built } from './testing/built.ts';

let built: Built;
beforeAll(async () => {
  built = await buildCommandLine();
  await writeFile(path.join(built.folder, 'a.jsonl'), '{"reward":1}\n{"reward":0}\n');
}, 60_000);
afterAll(() => built.remove());

/** Starts it and waits for the address on standard output. */
async function serve(...words: string[]) {
  const child = built.start(words);
  let said = '';
  child.stderr?.on('data', (data) => (said += String(data)));
  const url = new URL(
    await new Promise<string>((resolve, reject) => {
      child.stdout?.once('data', (data) => resolve(String(data).trim()));
      child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)));
    }),
  );
  const stop = async (signal: NodeJS.Signals): Promise<unknown> => {
    const exited = once(child, 'exit');
    child.kill(signal);
    return (await exited)[0];
  };
  const cookie = (await fetch(url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';
  return { url, cookie, stop, said: () => said };
}

async function connect({ url, cookie }: { url: URL; cookie: string }) {
  const socket = new WebSocket(`ws://${url.host}/rpc`, { headers: { cookie, origin: url.origin } });
  await once(socket, 'open');
  return createClient({ ...contract, ...shellContract }, socketTransport(socket));
}

test('the page opens what was named, and nothing that was not', async () => {
  const server = await serve('serve', 'a.jsonl', '--no-open');
  const client = await connect(server);
  const info = await client.call('shell.info', {});
  expect(info).toMatchObject({
    shell: 'browser',
    open: [{ name: 'a.jsonl', bytes: 26 }],
    outRoot: { kind: 'folder' },
    sample: { grant: 'sample' },
  });

  const { dataset } = await client.call('dataset.open', { grants: info.open.map(({ grant }) => grant), follow: false });
  expect(await client.call('dataset.watch', { dataset })).toMatchObject({ phase: 'ready', rows: 2 });
  await client.call('shell.remember', { grant: info.open[0]?.grant ?? '', rows: 2 });
  expect((await client.call('shell.recents', {})).recents).toMatchObject([{ name: 'a.jsonl', rows: 2, state: 'same' }]);
  await client.call('shell.saveSettings', { json: '{"theme":"dark"}' });
  expect(await client.call('shell.loadSettings', {})).toEqual({ json: '{"theme":"dark"}' });

  for (const grant of ['/etc/passwd', path.join(built.folder, 'a.jsonl'), '', 'constructor']) {
    await expect(client.call('dataset.open', { grants: [grant] })).rejects.toMatchObject({ code: 'not-found' });
  }
  await expect(client.call('shell.chooseFiles', { folder: false })).rejects.toMatchObject({ code: 'bad-input' });
  expect(await server.stop('SIGTERM')).toBe(0);
  await expect(client.call('shell.info', {})).rejects.toMatchObject({ code: 'closed' });
});

test('an uploaded file opens, and is gone when the server ends', async () => {
  const server = await serve('serve', '--no-open');
  const headers = { cookie: server.cookie, origin: server.url.origin };
  const response = await fetch(new URL('/upload/dropped.jsonl', server.url), { method: 'PUT', headers, body: '{"reward":1}\n' });
  const { grant } = (await response.json()) as { grant: string };
  const client = await connect(server);
  const { dataset, name } = await client.call('dataset.open', { grants: [grant], follow: false });
  expect(name).toBe('dropped.jsonl');
  expect(await client.call('dataset.watch', { dataset })).toMatchObject({ rows: 1 });
  expect(await readdir(path.join(built.folder, 'tmp'))).toHaveLength(1);
  expect(await server.stop('SIGINT')).toBe(0);
  expect(await readdir(path.join(built.folder, 'tmp'))).toEqual([]);
});

test('without Electron or a display the bare call says so and serves', async () => {
  const server = await serve('a.jsonl', '--no-open');
  expect(server.said()).toMatch(/^No desktop app, because .*: serving it for the browser instead\.\n/);
  expect((await fetch(new URL('/', server.url))).status).toBe(401);
  expect(await (await fetch(new URL('/', server.url), { headers: { cookie: server.cookie } })).text()).toContain('the page');
  await server.stop('SIGTERM');
});
