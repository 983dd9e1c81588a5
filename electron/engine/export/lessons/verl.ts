import type { Chat, Method, Piece, Taught } from './lesson.ts';
import { roleOf } from './pieces.ts';
import type { Renderer } from './renderer.ts';

/**
 * verl's MultiTurnSFTDataset renders each message alone, takes off what the template puts before a conversation, and puts the loss on
 * those of the assistant without the beginning of an answer. `mismatch`: what happens where that is not the text of the whole.
 */
export function verlTurns(mismatch: 'refused' | 'ignored'): Method {
  return (chats, render) => chats.map((chat) => taught(chat, render, mismatch));
}

function taught(chat: Chat, render: Renderer, mismatch: 'refused' | 'ignored'): Taught {
  const { system, answerHead } = headsOf(render);
  const pieces = chat.messages.flatMap((given, message): Piece[] => {
    const role = roleOf(given);
    const alone = render.render({ messages: [given], tools: message === 0 ? chat.tools : undefined }).text;
    const text = message === 0 || role === 'system' ? alone : alone.slice(system.length);
    if (role !== 'assistant') return [{ message, role, text, trained: false }];
    const head = { message, role, text: text.slice(0, answerHead.length), trained: false };
    return [...(head.text === '' ? [] : [head]), { message, role, text: text.slice(answerHead.length), trained: true }];
  });
  const isWhole = pieces.map(({ text }) => text).join('') === render.whole(chat).text;
  return { pieces, isCutApart: true, notes: isWhole ? [] : [mismatchNotes[mismatch]] };
}

const mismatchNotes = {
  refused: 'Message by message this template gives another text than for the whole conversation: verl stops at this row.',
  ignored:
    'Message by message this template gives another text than for the whole conversation: verl trains on the one shown, as train.sh lets that pass.',
} as const;

/** As `extract_system_prompt_and_generation` finds them. */
function headsOf(render: Renderer): { system: string; answerHead: string } {
  const user = { role: 'user', content: '' };
  const one = render.render({ messages: [user] }).text;
  const two = render.render({ messages: [user, user] }).text;
  const asked = render.render({ messages: [user], generationPrompt: true }).text;
  const added = two.length - one.length;
  return { system: added === 0 ? '' : one.slice(0, -added), answerHead: asked.slice(one.length) };
}
