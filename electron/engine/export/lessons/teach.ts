import type { TrainedExample, TrainedPiece, TrainedText } from '#shared/model/training.ts';
import { chatMl, type ChatTemplate } from '../../chat-template/index.ts';
import type { TextTokenizer } from '../../tokenizer/index.ts';
import { bytesPerToken } from '../length.ts';
import type { Chat, Lesson, Piece, Taught } from './lesson.ts';
import { Renderer } from './renderer.ts';

/** What a text is made and counted with; by default our own template, and an estimate. */
export interface ChatTools {
  readonly template?: ChatTemplate | undefined;
  readonly tokenizer?: TextTokenizer | undefined;
}

/** Rendering is done at once, while everything else waits; so is cutting into tokens. */
const mostMs = 2000;
const cuttingMs = 8000;
/** Longer texts are not cut into tokens for a preview. */
const tokenizedChars = 4 << 20;

/** A row as its trainer reads it. Fails with bad-input where the template refuses it, or takes too long, and where the tokenizer does. */
export function teach(lesson: Lesson | undefined, { template = chatMl, tokenizer }: ChatTools): TrainedExample {
  const names = { template: template.isOwn ? null : template.name, tokenizer: tokenizer?.name ?? null };
  if (!lesson) return { loss: 'unknown', texts: [], notes: [unknownNote], ...names };
  const { loss, chats, method, notes = [] } = lesson;
  const taught = method(chats, new Renderer(template, performance.now() + mostMs));
  const isLong = taught.some(({ pieces }) => pieces.reduce((sum, { text }) => sum + text.length, 0) > tokenizedChars);
  const counted = isLong ? undefined : tokenizer;
  const cutter = counted && { tokenizer: counted, deadline: performance.now() + cuttingMs };
  const said = [...notes, ...taught.flatMap((each) => each.notes ?? []), ...(isLong && tokenizer ? [longNote] : [])];
  return {
    loss,
    texts: chats.map((chat, i) => textOf(chat, taught[i] ?? { pieces: [], isCutApart: false }, cutter)),
    notes: [...new Set(said)],
    ...names,
    tokenizer: counted?.name ?? null,
  };
}

/** Cuts texts into tokens, all of them until one deadline. */
interface Cutter {
  readonly tokenizer: TextTokenizer;
  readonly deadline: number;
}

const unknownNote = 'No trainer is known for these rows: what of them is trained on depends on what reads them.';
const longNote = 'The text is too long to be cut into tokens here: they are estimated.';

function textOf({ part }: Chat, { pieces, isCutApart }: Taught, cutter: Cutter | undefined): TrainedText {
  const shown = pieces.filter(({ text }) => text !== '');
  if (!cutter) return estimated(part, shown);
  const units = isCutApart ? groupedByMessage(shown) : [shown];
  const counted = units.map((unit) => countUnit(unit, cutter));
  return {
    part,
    pieces: counted.flatMap((unit) => unit.pieces),
    tokens: sum(counted.map(({ tokens }) => tokens)),
    trainedTokens: sum(counted.map(({ trainedTokens }) => trainedTokens)),
  };
}

function estimated(part: TrainedText['part'], pieces: readonly Piece[]): TrainedText {
  const counted = pieces.map((piece) => shownPiece(piece, Math.ceil(Buffer.byteLength(piece.text) / bytesPerToken)));
  const trained = counted.filter((piece) => piece.trained);
  return {
    part,
    pieces: counted,
    tokens: sum(counted.map(({ tokens }) => tokens)),
    trainedTokens: sum(trained.map(({ tokens }) => tokens)),
  };
}

function shownPiece({ message, role, text, trained }: Piece, tokens: number, edges?: number[]): TrainedPiece {
  return { message, role, text, trained, tokens, ...(edges && { edges }) };
}

function groupedByMessage(pieces: readonly Piece[]): Piece[][] {
  const units: Piece[][] = [];
  for (const piece of pieces) {
    const unit = units.at(-1);
    if (unit?.[0]?.message === piece.message) unit.push(piece);
    else units.push([piece]);
  }
  return units;
}

/** A token that lies in the loss with a part of it is trained: so do transformers (`char_to_token`) and trainers that compare tokens. */
function countUnit(unit: readonly Piece[], { tokenizer, deadline }: Cutter): Omit<TrainedText, 'part'> {
  const text = unit.map((piece) => piece.text).join('');
  const { ids, starts } = tokenizer.encode(text, deadline);
  if (!starts) {
    const pieces = unit.map((piece) => shownPiece(piece, tokenizer.count(piece.text, deadline)));
    return { pieces, tokens: ids.length, trainedTokens: sum(pieces.filter((piece) => piece.trained).map(({ tokens }) => tokens)) };
  }
  let [from, token, trainedTokens] = [0, 0, 0];
  const pieces = unit.map((piece) => {
    const to = from + piece.text.length;
    const edges: number[] = [];
    // One that began before and reaches into it.
    if (
      piece.trained &&
      token > 0 &&
      from > 0 &&
      (starts[token] ?? text.length) > from &&
      (starts[token - 1] ?? 0) < from &&
      !wasTrained(unit, piece)
    )
      trainedTokens++;
    for (; token < starts.length && (starts[token] ?? 0) < to; token++) edges.push((starts[token] ?? 0) - from);
    if (piece.trained) trainedTokens += edges.length;
    from = to;
    return shownPiece(piece, edges.length, edges);
  });
  return { pieces, tokens: ids.length, trainedTokens };
}

function wasTrained(unit: readonly Piece[], piece: Piece): boolean {
  return unit[unit.indexOf(piece) - 1]?.trained ?? false;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
