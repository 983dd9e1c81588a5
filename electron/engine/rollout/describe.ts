import type { ContentPart, Message, Tool } from '#shared/model/conversation.ts';
import { JsonDepthError, type JsonObject, plainJson } from '#shared/model/json.ts';
import type { ShownRollout } from '#shared/model/rollout.ts';
import { canonicalConversation } from './canonical.ts';
import { parseRollout } from './read-row.ts';
import { finding } from './rules.ts';

/** What `show` and the page say of a conversation. */
export type RolloutDescription = Pick<ShownRollout, 'messages' | 'tools' | 'problems' | 'unknownItems'> & {
  readonly promptMessages: number;
};

interface DescribedLine {
  /** Empty where the line is nested too deep. */
  readonly row: JsonObject;
  readonly description: RolloutDescription;
}

/** The conversation on a line, numbers as written. One that is nested too deep has none, and a finding that says so. */
export function describeLine(line: Uint8Array, options: { readonly arguments: 'parsed' | 'text' }): DescribedLine {
  try {
    const row = parseRollout(line);
    const { hasResponse: _, ...description } = canonicalConversation(row, { reasoning: 'separate', ...options });
    return { row, description };
  } catch (error) {
    if (!(error instanceof JsonDepthError)) throw error;
    const problems = [finding('row/too-deep', `The row is ${error.message}.`)];
    return { row: {}, description: { messages: [], tools: [], problems, unknownItems: [], promptMessages: 0 } };
  }
}

/** For the page: arguments show as in the file, and all else holds nothing but what JSON can hold. */
export function describeLineForPage(line: Uint8Array): DescribedLine {
  const { row, description } = describeLine(line, { arguments: 'text' });
  const { messages, tools, unknownItems } = description;
  return {
    row,
    description: {
      ...description,
      messages: messages.map(plainMessage),
      tools: tools.map(plainFields),
      unknownItems: unknownItems.map((item) => plainJson(item)),
    },
  };
}

function plainMessage(message: Message): Message {
  return typeof message.content === 'string' ? message : { ...message, content: message.content.map(plainFields) };
}

function plainFields({ type, ...fields }: ContentPart | Tool): ContentPart | Tool {
  return { type, ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, plainJson(value)])) };
}
