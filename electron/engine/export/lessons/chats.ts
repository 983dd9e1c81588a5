import { parseJson } from '#shared/model/json.ts';
import type { Fields } from '../types.ts';
import type { Chat, Lesson } from './lesson.ts';
import { generatedFrom } from './prompt.ts';

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const toolsOf = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) && value.length > 0 ? value : undefined);

/** The one chat of a row of `messages` and `tools`. */
export function conversationChat({ messages, tools }: Fields): Chat[] {
  const list = listOf(messages);
  return [{ part: 'conversation', messages: list, tools: toolsOf(tools), answerFrom: list.length - 1 }];
}

/** What parts of a prompt and a completion make: one answer, or a better and a worse one. A completion may be a text. */
export function answerChats(parts: readonly Fields[]): Chat[] {
  return parts.map(({ prompt, completion, tools }, i): Chat => {
    const asked = listOf(prompt);
    const answer = typeof completion === 'string' ? [{ role: 'assistant', content: completion }] : listOf(completion);
    const part = parts.length === 1 ? 'answer' : i === 0 ? 'chosen' : 'rejected';
    return { part, messages: [...asked, ...answer], tools: toolsOf(tools), answerFrom: asked.length };
  });
}

/** A prompt that a policy answers: nothing of the row is trained on. */
export function promptLesson(messages: unknown, notes: readonly string[] = [], tools?: unknown): Lesson {
  const list = listOf(messages);
  const chat: Chat = { part: 'prompt', messages: list, tools: toolsOf(tools), answerFrom: list.length };
  return { loss: 'none', chats: [chat], method: generatedFrom, notes: [promptNote, ...notes] };
}

const promptNote = 'The policy answers this prompt: what it is trained on are its own answers.';

/** Messages whose arguments, and tools that, are texts in the file, as the class beside it makes objects of them. */
export function decodedChat({ messages, tools }: Fields): Chat[] {
  return conversationChat({ messages: listOf(messages).map(decoded), tools: typeof tools === 'string' ? parseJson(tools) : undefined });
}

function decoded(message: unknown): unknown {
  if (!isRecord(message) || !Array.isArray(message['tool_calls'])) return message;
  return { ...message, tool_calls: message['tool_calls'].map(decodedCall) };
}

function decodedCall(call: unknown): unknown {
  if (!isRecord(call) || !isRecord(call['function'])) return call;
  const given = call['function']['arguments'];
  return { ...call, function: { ...call['function'], arguments: typeof given === 'string' ? parseJson(given) : given } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
