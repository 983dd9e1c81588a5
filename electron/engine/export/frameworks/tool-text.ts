import type { Message, Tool } from '#shared/model/conversation.ts';
import { writeJson } from '#shared/model/json.ts';

/** The messages with the tools told in the system message, in the words of the Qwen templates; without tools as they are. */
export function withToolText(messages: readonly Message[], tools: readonly Tool[]): readonly Message[] {
  if (tools.length === 0) return messages;
  const [first, ...rest] = messages;
  const text = toolText(tools);
  if (first?.role !== 'system') return [{ role: 'system', content: text }, ...messages];
  const content = typeof first.content === 'string' ? `${first.content}\n\n${text}` : [...first.content, { type: 'text', text }];
  return [{ role: 'system', content }, ...rest];
}

function toolText(tools: readonly Tool[]): string {
  return [
    '# Tools',
    '',
    'You may call one or more functions to assist with the user query.',
    '',
    'You are provided with function signatures within <tools></tools> XML tags:',
    '<tools>',
    ...tools.map((tool) => writeJson(tool)),
    '</tools>',
    '',
    'For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:',
    '<tool_call>',
    '{"name": <function-name>, "arguments": <args-json-object>}',
    '</tool_call>',
  ].join('\n');
}
