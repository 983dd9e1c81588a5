import { IconExternalLinkOff } from '@tabler/icons-react';
import { MessageText, type TextMarks } from '../../ui/MessageText.tsx';
import type { Part } from './parts.ts';
import css from './Parts.module.css';

interface PartsProps {
  readonly parts: readonly Part[];
  /** Marks of each part by `prefix-index`. */
  readonly marks: ReadonlyMap<string, TextMarks> | undefined;
  readonly prefix: 'text' | 'output';
  /** Outputs of tools are set like code. */
  readonly mono?: boolean;
}

/** The content of a message. Everything is text or a picture out of the file: no markup, no link, nothing to fetch. */
export function Parts({ parts, marks, prefix, mono = false }: PartsProps) {
  return parts.map((part, index) => {
    const marked = marks?.get(`${prefix}-${index}`);
    switch (part.kind) {
      case 'text':
        return (
          <div key={index} className={mono ? css.mono : css.prose}>
            <MessageText text={part.text} marks={marked} />
          </div>
        );
      case 'code':
        return (
          <div key={index} className={css.code}>
            {part.language !== '' && <span className={css.language}>{part.language}</span>}
            <MessageText text={part.text} marks={marked} />
          </div>
        );
      case 'image':
        return <img key={index} className={css.image} src={part.source} alt="In the message" />;
      case 'reference':
        return (
          <div key={index} className={css.reference}>
            <IconExternalLinkOff size={14} aria-hidden />
            <span className={css.what}>{part.what}, not loaded</span>
            <MessageText text={part.text} marks={marked} />
          </div>
        );
    }
  });
}
