import { useMemo } from 'react';
import type { ChatFile } from '#shared/model/training.ts';
import { useCall } from './client.tsx';
import { upload } from './upload.ts';
import { useShell } from './use-export.ts';

/** A file that was read as what it is, and its grant. */
export interface ReadChatFile {
  readonly grant: string;
  readonly file: ChatFile;
}

type Kind = 'template' | 'tokenizer';

/** How a chat template or a tokenizer is chosen. All fail with what is wrong with the file. */
export interface ChatFiles {
  /** The system's dialog; null where there is none: then the page's own, whose file is sent. */
  readonly choose: ((kind: Kind) => Promise<ReadChatFile | null>) | null;
  readonly send: (kind: Kind, file: File) => Promise<ReadChatFile>;
}

export function useChatFiles(): ChatFiles {
  const call = useCall();
  const isDesktop = useShell()?.shell === 'desktop';
  return useMemo(() => {
    const read = async (kind: Kind, grant: string): Promise<ReadChatFile> => ({ grant, file: await call('chat.read', { grant, kind }) });
    return {
      choose: isDesktop
        ? async (kind) => {
            const chosen = await call('shell.chooseFile', { kind });
            return chosen === null ? null : await read(kind, chosen.grant);
          }
        : null,
      async send(kind, file) {
        const { grant } = await upload(file, { signal: new AbortController().signal, onProgress: () => undefined });
        return await read(kind, grant);
      },
    };
  }, [call, isDesktop]);
}
