import { ActionIcon, Button } from '@mantine/core';
import { IconFile, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { toAppError } from '#shared/errors.ts';
import { type ReadChatFile, useChatFiles } from '../../data/use-chat-files.ts';
import type { ChatChoice, ChatKind } from '../../state/export-state.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './ChatFileField.module.css';

interface ChatFileFieldProps {
  readonly kind: ChatKind;
  readonly title: string;
  /** What is used without one. */
  readonly without: string;
  readonly choice: ChatChoice | null;
  readonly onChoice: (choice: ChatChoice | null) => void;
}

const endings = { template: '.jinja,.jinja2,.json,.txt', tokenizer: '.json' } as const;

/** A file of a model: by the system's dialog, or in the browser sent to the machine that serves. */
export function ChatFileField({ kind, title, without, choice, onChoice }: ChatFileFieldProps) {
  const { choose, send } = useChatFiles();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<{ busy: boolean; error: string | null }>({ busy: false, error: null });
  const take = async (reading: Promise<ReadChatFile | null>): Promise<void> => {
    setState({ busy: true, error: null });
    try {
      const read = await reading;
      if (read !== null) onChoice(read);
      setState({ busy: false, error: null });
    } catch (thrown) {
      const error = toAppError(thrown);
      setState({ busy: false, error: error.code === 'cancelled' ? null : error.message });
    }
  };
  const pick = (): void => (choose === null ? input.current?.click() : void take(choose(kind)));
  useOffers(() => [
    { id: `chat.${kind}`, title: `Choose a file: ${title.toLowerCase()}…`, icon: IconFile, run: pick },
    ...(choice === null ? [] : [{ id: `chat.${kind}.none`, title: `Without ${choice.file.name}`, icon: IconX, run: () => onChoice(null) }]),
  ]);
  return (
    <div className={css.field} role="group" aria-label={title}>
      <span className={css.title}>{title}</span>
      <span className={css.name} title={choice?.file.about}>
        {choice === null ? without : `${choice.file.name} · ${choice.file.about}`}
      </span>
      <Button size="xs" variant="default" loading={state.busy} aria-label={`Choose: ${title}`} onClick={pick}>
        Choose
      </Button>
      {choose === null && (
        <input
          ref={input}
          className={css.hidden}
          type="file"
          accept={endings[kind]}
          tabIndex={-1}
          aria-hidden
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) void take(send(kind, file));
            event.currentTarget.value = '';
          }}
        />
      )}
      {choice !== null && (
        <ActionIcon aria-label={`Without: ${title}`} onClick={() => onChoice(null)}>
          <IconX size={14} />
        </ActionIcon>
      )}
      {state.error !== null && (
        <p className={css.error} role="alert">
          {state.error}
        </p>
      )}
    </div>
  );
}
