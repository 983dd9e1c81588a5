import type { CharRange } from '../../chat-template/generation-marks.ts';
import type { Chat, Method, Taught } from './lesson.ts';
import { answerRanges, commonLength, cut, messageEnds, within } from './pieces.ts';
import type { Renderer } from './renderer.ts';

/** TRL's SFTTrainer with `assistant_only_loss`: what stands in the generation blocks of the template. */
export const trlAssistant: Method = (chats, render) =>
  chats.map((chat) => {
    const { text, ranges, notes } = assistantText(chat, render);
    return made(chat, text, ranges, render, notes);
  });

/** The same on prompt and completion: only that of the completion. */
export const trlAssistantOfAnswer: Method = (chats, render) =>
  chats.map((chat) => {
    const { text, ranges, notes } = assistantText(chat, render);
    return made(chat, text, within(ranges, [answerStart([chat], render), text.length]), render, notes);
  });

/** DPO and KTO: all that stands behind the prompt, or where the texts part before its end. */
export const trlAnswers: Method = (chats, render) => {
  const start = answerStart(chats, render);
  return chats.map((chat) => {
    const { text } = render.whole(chat);
    return made(chat, text, [[start, text.length]], render);
  });
};

export const trlAll: Method = (chats, render) =>
  chats.map((chat) => {
    const { text } = render.whole(chat);
    return made(chat, text, [[0, text.length]], render);
  });

/** The reward model: its score is read at the last token. */
export const trlScore: Method = (chats, render) => chats.map((chat) => made(chat, render.whole(chat).text, [], render));

function assistantText(chat: Chat, render: Renderer): { text: string; ranges: readonly CharRange[]; notes: string[] } {
  const { text, generated } = render.whole(chat);
  if (render.template.hasGeneration) return { text, ranges: generated, notes: [] };
  const note = `${render.template.name} has no {% generation %}, which assistant_only_loss needs: TRL puts in its own version if it knows the template, else it stops. Marked is what each turn of the assistant adds to the text.`;
  return { text, ranges: within(answerRanges(chat, render), [0, text.length]), notes: [note] };
}

/** The same for both sides of a pair (`common_prefix_length`). */
function answerStart(chats: readonly Chat[], render: Renderer): number {
  return Math.min(...chats.map((chat) => commonLength(render.prompt(chat, chat.answerFrom), render.whole(chat).text)));
}

function made(chat: Chat, text: string, trained: readonly CharRange[], render: Renderer, notes: readonly string[] = []): Taught {
  return { pieces: cut(chat, text, trained, messageEnds(chat, text, render)), isCutApart: false, notes };
}
