import type { Method } from './lesson.ts';
import { commonLength, cut, messageEnds } from './pieces.ts';

/** What is generated from: the prompt and the beginning of an answer. */
export const generatedFrom: Method = (chats, render) =>
  chats.map((chat) => {
    const text = render.prompt(chat, chat.messages.length);
    const whole = render.whole(chat).text;
    const head = commonLength(whole, text);
    const pieces = cut(chat, text.slice(0, head), [], messageEnds(chat, whole, render));
    return {
      pieces: [...pieces, { message: chat.messages.length, role: 'assistant', text: text.slice(head), trained: false }],
      isCutApart: false,
    };
  });
