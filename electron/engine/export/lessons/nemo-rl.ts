import type { Chat, Method, Piece, Taught } from './lesson.ts';
import { commonLength, roleOf, withoutEndLines } from './pieces.ts';
import type { Renderer } from './renderer.ts';

/**
 * NeMo-RL renders the conversation message by message (`get_formatted_message_log`): what one adds to the text before it is its own,
 * header included. The loss is on those of the assistant (`sft.py`), on the last alone whoever said it (`only_unmask_final` of DPO),
 * or there is one score for all.
 */
export function nemoRl(on: 'assistant' | 'last' | 'score'): Method {
  return (chats, render) => chats.map((chat) => taught(chat, render, on));
}

function taught(chat: Chat, render: Renderer, on: 'assistant' | 'last' | 'score'): Taught {
  const last = chat.messages.length - 1;
  let before = '';
  const pieces = render.beginnings(chat).map((text, message): Piece => {
    const role = roleOf(chat.messages[message]);
    const chunk = text.slice(commonLength(before, text));
    before = text;
    const trained = on === 'assistant' ? role === 'assistant' : on === 'last' && message === last;
    return { message, role, text: withTokens(chunk, message, last, render), trained };
  });
  return { pieces, isCutApart: true, notes: endNote(render) };
}

/** As `add_bos` and `add_eos` of our configuration have it. */
function withTokens(chunk: string, message: number, last: number, { template, endToken }: Renderer): string {
  const begin = template.tokens['bos_token'];
  const headed = message === 0 && begin !== undefined && !chunk.startsWith(begin) ? begin + chunk : chunk;
  if (message !== last || endToken === undefined) return headed;
  return withoutEndLines(headed).endsWith(endToken) ? headed : headed + endToken;
}

/** Where the file of the template does not name special tokens. */
export function endNote({ template, endToken }: Renderer): string[] {
  return endToken === undefined
    ? [`${template.name} names no end token: the trainer adds that of its tokenizer where the text lacks it.`]
    : [];
}
