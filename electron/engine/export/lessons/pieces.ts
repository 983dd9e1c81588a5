import type { CharRange } from '../../chat-template/generation-marks.ts';
import type { Chat, Piece } from './lesson.ts';
import type { Renderer } from './renderer.ts';

export function roleOf(message: unknown): string {
  const role = typeof message === 'object' && message !== null && 'role' in message ? message.role : undefined;
  return typeof role === 'string' ? role : '';
}

export function commonLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** Python's `rstrip("\n")`. */
export function withoutEndLines(text: string): string {
  return text.replace(/\n+$/, '');
}

/** Templates render a conversation once for each of its messages: more is not worth the roles at the margin. */
const renderedChars = 40_000_000;

/** Where each message ends in the text of all; undefined where it takes too long to tell. */
export function messageEnds(chat: Chat, text: string, render: Renderer): readonly number[] | undefined {
  if (!render.template.isOwn && (text.length * chat.messages.length) / 2 > renderedChars) return undefined;
  try {
    let end = 0;
    const ends = render.beginnings(chat).map((beginning) => (end = Math.max(end, commonLength(beginning, text))));
    return [...ends.slice(0, -1), text.length];
  } catch {
    // Some templates refuse a beginning of what they accept as a whole, such as one without a user.
    return undefined;
  }
}

/** A text cut where its messages end, and where the loss begins and ends. */
export function cut(chat: Chat, text: string, trained: readonly CharRange[], ends: readonly number[] | undefined): Piece[] {
  const edges = new Set([0, text.length, ...(ends ?? []), ...trained.flat()]);
  const places = [...edges].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
  const pieces: Piece[] = [];
  let [message, range] = [0, 0];
  for (const [i, start] of places.slice(0, -1).entries()) {
    const end = places[i + 1] ?? text.length;
    while (ends && message < ends.length - 1 && (ends[message] ?? 0) <= start) message++;
    while (range < trained.length && (trained[range]?.[1] ?? 0) <= start) range++;
    const isTrained = (trained[range]?.[0] ?? Infinity) <= start;
    const role = ends ? roleOf(chat.messages[message]) : isTrained ? 'assistant' : '';
    pieces.push({ message, role, text: text.slice(start, end), trained: isTrained });
  }
  return pieces;
}

/** The parts of ranges that lie in another. */
export function within(ranges: readonly CharRange[], [from, to]: CharRange): CharRange[] {
  return ranges.flatMap(([start, end]): CharRange[] => {
    const [first, last] = [Math.max(start, from), Math.min(end, to)];
    return first < last ? [[first, last]] : [];
  });
}

/** What each turn of the assistant adds to the prompt before it: how trainers, and we, find it where the template does not say. */
export function answerRanges(chat: Chat, render: Renderer): CharRange[] {
  const beginnings = render.beginnings(chat);
  return chat.messages.flatMap((message, i): CharRange[] => {
    if (roleOf(message) !== 'assistant') return [];
    const start = render.prompt(chat, i).length;
    return [[start, Math.max(start, beginnings[i]?.length ?? start)]];
  });
}
