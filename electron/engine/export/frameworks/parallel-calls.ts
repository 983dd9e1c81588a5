import type { Message, ToolCall } from '#shared/model/conversation.ts';

/**
 * Each of several calls as a message of its own, with its output behind it; text and reasoning stay with the first. Undefined
 * where an output cannot be told to be of one call.
 */
export function splitCalls(messages: readonly Message[]): readonly Message[] | undefined {
  const written: Message[] = [];
  for (let at = 0; at < messages.length;) {
    const message = messages[at];
    if (!message) break;
    at++;
    const { tool_calls: calls = [] } = message;
    if (calls.length < 2) {
      written.push(message);
      continue;
    }
    let end = at;
    while (messages[end]?.role === 'tool') end++;
    const outputs = messages.slice(at, end);
    const split = splitMessage(message, calls, outputs);
    if (!split) return undefined;
    written.push(...split);
    at = end;
  }
  return written;
}

function splitMessage(message: Message, calls: readonly ToolCall[], outputs: readonly Message[]): Message[] | undefined {
  const ids = calls.map(({ id }) => id);
  if (ids.includes(undefined) || new Set(ids).size < ids.length) return undefined;
  if (outputs.some(({ tool_call_id: id }) => !ids.includes(id))) return undefined;
  const parts = calls.map((call, i) => {
    const said: Message = i === 0 ? { ...message, tool_calls: [call] } : { role: 'assistant', content: '', tool_calls: [call] };
    return { said, answers: outputs.filter(({ tool_call_id: id }) => id === call.id) };
  });
  return parts.every(({ answers }) => answers.length <= 1) ? parts.flatMap(({ said, answers }) => [said, ...answers]) : undefined;
}
