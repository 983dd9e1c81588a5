import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStatic } from './static-files.ts';

let folder = '';
let root = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rollscope-static-'));
  root = path.join(folder, 'page');
  await mkdir(path.join(root, 'assets'), { recursive: true });
  await writeFile(path.join(root, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__"><link nonce="__CSP_NONCE__">');
  await writeFile(path.join(root, 'assets/app-1a2b.js'), 'let page');
  await writeFile(path.join(root, 'notes.txt'), 'not a kind of file that the page has');
  await writeFile(path.join(folder, 'secret.json'), '{}');
  await mkdir(path.join(folder, 'page-2'));
  await writeFile(path.join(folder, 'page-2/secret.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true }));

test('the page carries a nonce that its policy names, new at each response', async () => {
  const [first, second] = [await readStatic(root, '/', ['ws://localhost:1']), await readStatic(root, '/')];
  const nonce = /nonce="([^"]+)"/.exec(String(first.body))?.[1] ?? '';
  expect(nonce).toMatch(/^[\w+/]{22}==$/);
  expect(first.body).not.toContain('__CSP_NONCE__');
  const policy = first.headers['content-security-policy'];
  expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
  expect(policy).toContain("connect-src 'self' ws://localhost:1;");
  expect(policy).toContain("script-src 'self';");
  expect(second.body).not.toContain(nonce);
});

test('assets have their type, are not sniffed, and last', async () => {
  const { status, headers, body } = await readStatic(root, '/assets/app-1a2b.js');
  expect(status).toBe(200);
  expect(Buffer.from(body).toString()).toBe('let page');
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': expect.stringContaining('immutable'),
  });
});

test.each([
  '/../secret.json',
  '/%2e%2e/secret.json',
  '/..%2fsecret.json',
  '/assets/..%2f..%2fsecret.json',
  '/%2e%2e%2fpage-2/secret.json',
  '/..%5csecret.json',
  '/assets/%00.js',
  '/%zz',
  '/assets',
  '/notes.txt',
  '/missing.js',
])('%s is not found', async (pathname) => {
  expect((await readStatic(root, pathname)).status).toBe(404);
});
