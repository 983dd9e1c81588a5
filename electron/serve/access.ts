import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Who may talk to the server. Any page in the user's browser can send requests to 127.0.0.1, and any name can be made to
 * point there, so each request shows three things: a Host we know, the cookie that the printed URL was exchanged for,
 * and, where it changes something or opens a connection, an Origin that is this very server.
 */
export interface Access {
  /** Part of the printed URL. */
  readonly token: string;
  /** A token that lets in once, for where others may read it: the arguments of a program can be seen by every user. */
  issueTicket(): string;
  /** Whether it is the token, or a ticket, which is used up by that. */
  admits(given: string): boolean;
  /** Value of Set-Cookie for whoever knows the token. */
  readonly setCookie: string;
  hasCookie(headers: IncomingHttpHeaders): boolean;
  /** localhost, 127.0.0.1 or [::1] on any port, as tunnels choose theirs, or a name that was allowed. */
  isKnownHost(headers: IncomingHttpHeaders): boolean;
  isOwnOrigin(headers: IncomingHttpHeaders): boolean;
}

export function createAccess(allowHosts: readonly string[] = []): Access {
  const token = randomBytes(24).toString('base64url');
  const tickets = new Set<string>();
  const session = randomBytes(24).toString('base64url');
  // Cookies do not know ports: two servers on one machine must not overwrite each other's.
  const cookie = `rollscope-${randomBytes(6).toString('hex')}`;
  const hosts = new Set(['localhost', '127.0.0.1', '[::1]', ...allowHosts.map((name) => name.toLowerCase())]);

  return {
    token,
    issueTicket() {
      const ticket = randomBytes(24).toString('base64url');
      tickets.add(ticket);
      return ticket;
    },
    admits: (given) => equalInConstantTime(given, token) || tickets.delete(given),
    setCookie: `${cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`,
    hasCookie: (headers) => cookiesOf(headers).some(([name, value]) => name === cookie && equalInConstantTime(value, session)),
    isKnownHost: ({ host }) => hosts.has(hostName(host ?? '')),
    isOwnOrigin: ({ host, origin }) => host !== undefined && (origin === `http://${host}` || origin === `https://${host}`),
  };
}

/** Of digests: their length is the same whatever was given. */
function equalInConstantTime(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}

function cookiesOf({ cookie = '' }: IncomingHttpHeaders): [string, string][] {
  return cookie.split(';').map((pair) => {
    const cut = pair.indexOf('=');
    return [pair.slice(0, cut).trim(), pair.slice(cut + 1).trim()];
  });
}

/** A Host header without its port. */
function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '');
}
