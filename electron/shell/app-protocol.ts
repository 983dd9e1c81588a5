import { protocol } from 'electron';
import { readStatic } from '../host/static-files.ts';

/** Call once, before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built page at app://rollscope/, with its policy. Call when the app is ready. */
export function serveAppScheme(page: string): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const { status, headers, body } = await readStatic(page, url.host === 'rollscope' ? url.pathname : '/not-found');
    return new Response(typeof body === 'string' ? body : Buffer.from(body), { status, headers });
  });
}
