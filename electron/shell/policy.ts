import { app, session, type Event, type IpcMainEvent } from 'electron';

/** What the window may do, in one place: show our page, and nothing else. */
export interface Policy {
  /** Where the page is loaded from. */
  readonly pageUrl: string;
  /** Whether a message comes from our page's main frame; no other frame or page has a say. */
  isTrusted(event: IpcMainEvent): boolean;
}

/** `devServer` is the address of Vite's server while developing, whose reloads are navigations too. */
export function enforcePolicy(devServer: string | undefined): Policy {
  const pageUrl = devServer ?? 'app://rollscope/';
  const isOurs = (url: string): boolean => url.startsWith(`${pageUrl.replace(/\/$/, '')}/`);

  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    const stay = (event: Event, url: string): void => {
      if (devServer === undefined || !isOurs(url)) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
  });

  return {
    pageUrl,
    isTrusted: ({ senderFrame }) => senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url),
  };
}

/** Copying to the clipboard at a click is the one thing the page asks the system for. */
const allowedPermission = 'clipboard-sanitized-write';

/** Call when the app is ready. */
export function denyPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, done) => done(permission === allowedPermission));
  defaultSession.setPermissionCheckHandler((_contents, permission) => permission === allowedPermission);
  defaultSession.setDevicePermissionHandler(() => false);
}
