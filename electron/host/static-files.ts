import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { commonHeaders, contentSecurityPolicy, noncePlaceholder } from './security-headers.ts';

export interface StaticResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/**
 * A file of the built page by the path of its URL, `/` being the page itself, which carries a new nonce each time.
 * What lies outside `root`, or is none of the page's kinds of file, is not found.
 */
export async function readStatic(root: string, pathname: string, connect: readonly string[] = []): Promise<StaticResponse> {
  const file = fileBelow(root, pathname === '/' ? '/index.html' : pathname);
  const type = file === undefined ? undefined : types[path.extname(file)];
  if (file === undefined || type === undefined) return notFound;
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) return notFound;

  if (path.extname(file) !== '.html') {
    // Names of built assets hold a hash of their content.
    const lasting = pathname.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache';
    return { status: 200, headers: { ...commonHeaders, 'content-type': type, 'cache-control': lasting }, body: new Uint8Array(bytes) };
  }
  const nonce = randomBytes(16).toString('base64');
  return {
    status: 200,
    headers: {
      ...commonHeaders,
      'content-type': type,
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(nonce, connect),
    },
    body: bytes.toString('utf8').replaceAll(noncePlaceholder, nonce),
  };
}

const notFound: StaticResponse = {
  status: 404,
  headers: { ...commonHeaders, 'content-type': 'text/plain; charset=utf-8' },
  body: 'There is no such file.',
};

/** Undefined for a path that is malformed or leads outside, however it is spelled. */
function fileBelow(root: string, pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (/[\0\\]/.test(decoded)) return undefined;
  const file = path.join(root, decoded);
  return file.startsWith(root + path.sep) ? file : undefined;
}
