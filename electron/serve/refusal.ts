import { commonHeaders } from '../host/security-headers.ts';
import type { StaticResponse } from '../host/static-files.ts';

/** A refused request as a page that says what to do. Every text is our own: nothing of the request is repeated. */
export function refusal(status: number, title: string, advice: string): StaticResponse {
  return {
    status,
    headers: {
      ...commonHeaders,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rollscope: ${title}</title><h1>${title}</h1><p>${advice}</p></html>\n`,
  };
}

export const unknownHost = refusal(
  403,
  'Unknown host name',
  'Open Rollscope as localhost or 127.0.0.1, or start it with <code>--allow-host NAME</code> for the name you want to use.',
);

export const noAccess = refusal(
  401,
  'This address needs its token',
  'Open the whole address that <code>rollscope</code> printed in its terminal, with everything after the question mark. It changes at each start.',
);

export const foreignOrigin = refusal(403, 'Refused', 'This request came from another page than Rollscope’s own.');
export const wrongMethod = refusal(405, 'Refused', 'This address can only be read.');
