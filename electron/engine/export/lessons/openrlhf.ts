import type { CharRange } from '../../chat-template/generation-marks.ts';
import type { Chat, Method, Taught } from './lesson.ts';
import { endNote } from './nemo-rl.ts';
import { answerRanges, cut, messageEnds, roleOf, within, withoutEndLines } from './pieces.ts';
import type { Renderer } from './renderer.ts';

/** OpenRLHF's SFTDataset in its multiturn mode: each turn of the assistant is what it adds to the prompt before it, in the text of the whole. */
export const openRlhfTurns: Method = (chats, render) =>
  chats.map((chat) => {
    const text = textOf(chat, chat.messages.length - 1, render);
    const taught = made(chat, text, answerRanges(chat, render), render);
    return isDisplaced(chat, text, render) ? { ...taught, notes: [...(taught.notes ?? []), displacedNote] } : taught;
  });

/** It counts the tokens of a beginning: where the whole begins otherwise, it counts into other words. */
function isDisplaced(chat: Chat, text: string, render: Renderer): boolean {
  return render
    .beginnings(chat)
    .some((beginning, i) => roleOf(chat.messages[i]) === 'assistant' && !text.startsWith(withoutEndLines(beginning)));
}

const displacedNote =
  'The template renders a beginning of this conversation otherwise than the whole: OpenRLHF then puts the loss on other words than the answers. Which ones depends on its tokens; shown is about where.';

/** Its RewardDataset for DPO: all that stands behind the prompt, the end token too. */
export const openRlhfAnswers: Method = (chats, render) =>
  chats.map((chat) => {
    const text = textOf(chat, chat.answerFrom, render);
    return made(chat, text, [[Math.min(text.length, render.prompt(chat, chat.answerFrom).length), text.length]], render);
  });

/** The same for a reward model, whose score is read at the last token. */
export const openRlhfScore: Method = (chats, render) => chats.map((chat) => made(chat, textOf(chat, chat.answerFrom, render), [], render));

/** The prompt and what the whole has behind as many characters, as it cuts them. */
function textOf(chat: Chat, promptMessages: number, render: Renderer): string {
  const prompt = render.prompt(chat, promptMessages);
  const text = withoutEndLines(prompt + render.whole(chat).text.slice(prompt.length));
  const { endToken } = render;
  return endToken === undefined || text.endsWith(endToken) ? text : `${text} ${endToken}`;
}

function made(chat: Chat, text: string, trained: readonly CharRange[], render: Renderer): Taught {
  const pieces = cut(chat, text, within(trained, [0, text.length]), messageEnds(chat, text, render));
  return { pieces, isCutApart: false, notes: endNote(render) };
}
