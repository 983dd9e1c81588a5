import { AppError } from '#shared/errors.ts';
import { clientMessage, failure, idOf, transportOver, type Transport } from '#shared/rpc/index.ts';

/**
 * Joins a page to the two that serve it: methods of the shell go to the shell, all others to the engine, and the answers
 * of both come back over the one connection. When the page or the engine goes, the others are hung up.
 */
export function connectPage(page: Transport, engine: Transport, serveShell: (transport: Transport) => void): void {
  const shell = transportOver({ send: (message) => page.send(message), close: (reason) => page.close(reason) });
  serveShell(shell.transport);

  page.receive((message) => {
    const parsed = clientMessage.safeParse(message);
    const isCancel = parsed.success && parsed.data.kind === 'cancel';
    const isShells = parsed.success && parsed.data.kind === 'request' && parsed.data.method.startsWith('shell.');
    // Only the one that runs the call knows the id of a cancel. What is not understood is the engine's to refuse.
    if (isCancel || isShells) shell.deliver(message);
    if (!isShells) engine.send(message);
  });
  engine.receive((message) => {
    try {
      page.send(message);
    } catch (cause) {
      // Longer than a text can be: this call fails, the connection and the process go on.
      const id = idOf(message);
      if (id !== undefined) page.send(failure(id, new AppError('unreadable', 'The answer is too large to be shown.', { cause })));
    }
  });

  page.onClose((reason) => {
    shell.ended(reason);
    engine.close(reason);
  });
  engine.onClose((reason) => page.close(reason));
}
