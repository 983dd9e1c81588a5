import type { ContentPart, Tool } from '#shared/model/conversation.ts';
import { type JsonObject, writeJson } from '#shared/model/json.ts';
import type { AssistantDraft, Draft } from './draft.ts';
import { readRow } from './read-row.ts';
import { chatTools } from './tools.ts';

/** A message as Gym's own converter writes it. */
export interface GymMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  readonly content: string | ContentPart[] | null;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly type: 'function';
    readonly function: { name: string; arguments: string };
  }[];
  readonly tool_call_id?: string;
}

/**
 * The conversation in the form of Gym's `responses_converter.py`: the same reading of the row, but reasoning stands in
 * `<think>` tags where it occurred, content may be null, arguments are text, and `developer` stays.
 */
export function gymConversation(row: JsonObject): { messages: GymMessage[]; tools: Tool[] } {
  const { drafts, instructions, tools, toolsAt } = readRow(row);
  const messages = drafts.map((draft) => (draft.role === 'assistant' ? assistantMessage(draft) : otherMessage(draft)));
  return { messages: instructions === '' ? messages : withInstructions(instructions, messages), tools: chatTools(tools, toolsAt, []) };
}

function otherMessage(draft: Exclude<Draft, AssistantDraft>): GymMessage {
  if (draft.role === 'tool') return { content: draft.content, role: 'tool', tool_call_id: draft.callId ?? '' };
  return { content: draft.content, role: draft.role };
}

function assistantMessage(draft: AssistantDraft): GymMessage {
  const content = draft.pieces
    .filter((piece) => !piece.ours)
    .map((piece) => (piece.kind === 'reasoning' ? `<think>${piece.text}</think>` : piece.text))
    .join('');
  const calls = draft.calls.map((call) => ({
    id: call.id ?? '',
    type: 'function' as const,
    function: { name: call.name, arguments: typeof call.arguments === 'string' ? call.arguments : writeJson(call.arguments) },
  }));
  return { content: content === '' ? null : content, role: 'assistant', ...(calls.length > 0 && { tool_calls: calls }) };
}

/** Instructions and the system messages that lead become one. */
function withInstructions(instructions: string, messages: readonly GymMessage[]): GymMessage[] {
  const end = messages.findIndex(({ role }) => role !== 'system' && role !== 'developer');
  const count = end < 0 ? messages.length : end;
  const leading = messages.slice(0, count).map(({ content }) => (typeof content === 'string' ? content : writeJson(content)));
  return [{ content: [instructions, ...leading].join('\n\n'), role: 'system' }, ...messages.slice(count)];
}
