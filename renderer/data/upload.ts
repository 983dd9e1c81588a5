import { AppError } from '#shared/errors.ts';
import { grant, type Grant } from '#shared/model/grant.ts';

/**
 * Copies a file to the machine that serves the page. `onProgress` gets the share that has been sent, 0 to 1. Fails with
 * unwritable when the server refuses or runs out of room, closed when the connection breaks, cancelled on abort.
 */
export function upload(file: File, { signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void }): Promise<Grant> {
  return new Promise((resolve, reject) => {
    // XMLHttpRequest, because fetch does not say how far it has sent.
    const request = new XMLHttpRequest();
    request.open('PUT', `/upload/${encodeURIComponent(file.name)}`);
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(file.size === 0 ? 1 : loaded / file.size));
    request.addEventListener('error', () => reject(new AppError('closed', `The connection broke while ${file.name} was sent.`)));
    request.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled.')));
    request.addEventListener('load', () => {
      const parsed = grant.safeParse(readJson(request.responseText));
      if (request.status < 300 && parsed.success) resolve(parsed.data);
      else
        reject(new AppError('unwritable', `${file.name} could not be copied: ${request.responseText.slice(0, 200) || request.statusText}`));
    });
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
