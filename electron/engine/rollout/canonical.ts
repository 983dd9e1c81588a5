import type { Message, Tool, ToolCall } from '#shared/model/conversation.ts';
import { type JsonObject, type JsonValue, writeJson } from '#shared/model/json.ts';
import type { Finding } from '#shared/model/problem.ts';
import { argumentObject, matchCalls } from './calls.ts';
import { plainContent } from './content.ts';
import type { AssistantDraft, Call, Draft } from './draft.ts';
import { readRow } from './read-row.ts';
import { finding } from './rules.ts';
import { chatTools } from './tools.ts';

/**
 * Where reasoning goes: beside the content as `reasoning_content`; into it as `<think>\nR\n</think>\n\n`, which every chat
 * template carries; or nowhere.
 */
export type Reasoning = 'separate' | 'inline' | 'drop';

export interface ConversationOptions {
  readonly reasoning: Reasoning;
  /** `parsed`: an object, with JsonNumber where a number would not survive; text that is no object stays text. `text`: as in the file. */
  readonly arguments: 'parsed' | 'text';
}

/** A rollout's conversation in chat form. */
export interface Conversation {
  readonly messages: Message[];
  /** Nested, without `strict`; empty where there are none. */
  readonly tools: Tool[];
  /** Number of leading messages that came from the request. */
  readonly promptMessages: number;
  /** Items that no chat message can hold, as they are. */
  readonly unknownItems: JsonValue[];
  readonly problems: Finding[];
  /** False: the row holds a request at most. */
  readonly hasResponse: boolean;
}

/**
 * The conversation in our canonical form: content is a string unless it holds media, `developer` is `system`, leading system
 * messages and instructions are one, absent keys are absent, tool messages carry the name of their call, messages that say
 * nothing are left out, token ids are stripped.
 */
export function canonicalConversation(row: JsonObject, options: ConversationOptions): Conversation {
  const { drafts, instructions, tools, toolsAt, unknownItems, findings, hasResponse } = readRow(row);
  const answered = matchCalls(drafts, findings);
  const written = drafts.flatMap((draft) => {
    const message = draft.role === 'assistant' ? assistantMessage(draft, options, findings) : otherMessage(draft, answered);
    return message === undefined ? [] : [{ message, fromPrompt: draft.fromPrompt }];
  });
  const { leading, rest } = splitLeadingSystem(written);
  const system = [instructions, ...leading.map(({ message }) => message.content)].filter((content) => content !== '');
  const messages = [...mergeSystem(system), ...rest.map(({ message }) => message)];
  if (hasResponse && !messages.some((message) => message.role === 'assistant')) {
    findings.push(finding('conversation/no-assistant', 'No message of an assistant.'));
  }
  return {
    messages,
    tools: chatTools(tools, toolsAt, findings),
    promptMessages: messages.length - rest.filter(({ fromPrompt }) => !fromPrompt).length,
    unknownItems,
    problems: findings,
    hasResponse,
  };
}

function otherMessage(draft: Exclude<Draft, AssistantDraft>, answered: ReadonlyMap<Draft, Call>): Message {
  const content = plainContent(draft.content);
  if (draft.role !== 'tool') return { role: draft.role === 'developer' ? 'system' : draft.role, content };
  const name = answered.get(draft)?.name;
  return { role: 'tool', ...(draft.callId !== undefined && { tool_call_id: draft.callId }), ...(name !== undefined && { name }), content };
}

function assistantMessage(draft: AssistantDraft, options: ConversationOptions, findings: Finding[]): Message | undefined {
  const text = joined(draft, 'text', '');
  const thought = options.reasoning === 'drop' ? '' : joined(draft, 'reasoning', '\n\n');
  const calls = draft.calls.map((call) => toolCall(call, options, findings));
  if (text === '' && thought === '' && calls.length === 0) return undefined;
  const inline = options.reasoning === 'inline' && thought !== '';
  return {
    role: 'assistant',
    content: inline ? `<think>\n${thought}\n</think>\n\n${text}` : text,
    ...(!inline && thought !== '' && { reasoning_content: thought }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

/** Pieces of reasoning are thoughts apart; pieces of text go on where the one before stopped, as in Gym's converter. */
function joined(draft: AssistantDraft, kind: 'text' | 'reasoning', between: string): string {
  return draft.pieces
    .filter((piece) => piece.kind === kind)
    .map((piece) => piece.text)
    .join(between);
}

function toolCall(call: Call, options: ConversationOptions, findings: Finding[]): ToolCall {
  const parsed = argumentObject(call.arguments);
  if (parsed === undefined) findings.push(finding('arguments/not-object', `Arguments of ${call.name} are no JSON object.`, call.at));
  const asText = typeof call.arguments === 'string' ? call.arguments : writeJson(call.arguments);
  const given = options.arguments === 'parsed' && parsed !== undefined ? parsed : asText;
  return { ...(call.id !== undefined && { id: call.id }), type: 'function', function: { name: call.name, arguments: given } };
}

function splitLeadingSystem<T extends { readonly message: Message }>(written: readonly T[]): { leading: T[]; rest: T[] } {
  const end = written.findIndex(({ message }) => message.role !== 'system');
  const count = end < 0 ? written.length : end;
  return { leading: written.slice(0, count), rest: written.slice(count) };
}

/** One system message for all that lead; media in one of them keeps it a list of parts. */
function mergeSystem(contents: readonly Message['content'][]): Message[] {
  if (contents.length === 0) return [];
  if (contents.every((content) => typeof content === 'string')) return [{ role: 'system', content: contents.join('\n\n') }];
  const parts = contents.flatMap((content) => (typeof content === 'string' ? [{ type: 'text', text: content }] : content));
  return [{ role: 'system', content: parts }];
}
