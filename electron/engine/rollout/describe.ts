import { limits } from '#shared/limits.ts';
import type { ContentPart, Message, Tool } from '#shared/model/conversation.ts';
import { JsonDepthError, type JsonObject, plainJson } from '#shared/model/json.ts';
import type { ShownRollout } from '#shared/model/rollout.ts';
import type { LineBytes } from './byte-walk.ts';
import { canonicalConversation } from './canonical.ts';
import { parseRollout } from './read-row.ts';
import { finding, type RolloutRuleId } from './rules.ts';
import { shortenLine } from './shorten.ts';

/** What `show` and the page say of a conversation. */
export type RolloutDescription = Pick<ShownRollout, 'messages' | 'tools' | 'problems' | 'unknownItems'> & {
  readonly promptMessages: number;
};

interface DescribedLine {
  /** Empty where the line is nested too deep. */
  readonly row: JsonObject;
  readonly description: RolloutDescription;
}

/** Findings of what is there, which are true of a part, too. */
const ofParts: ReadonlySet<string> = new Set<RolloutRuleId>([
  'item/unknown-type',
  'response/truncated',
  'tool/not-function',
  'content/unknown-part',
  'content/refusal',
  'row/messages',
]);

/**
 * The conversation on a line, numbers as written. One that is nested too deep has none, and a finding that says so; of one that
 * is longer than `limits.shownLineBytes` the ends of long texts and lists are left out, and a finding says that.
 */
export function describeLine(line: LineBytes, options: { readonly arguments: 'parsed' | 'text' }): DescribedLine {
  try {
    const isLong = line.length > limits.shownLineBytes;
    const { bytes, isCut } = isLong ? shortenLine(line) : { bytes: line.read(0, line.length), isCut: false };
    const row = parseRollout(bytes);
    const { hasResponse: _, ...description } = canonicalConversation(row, { reasoning: 'separate', ...options });
    if (!isCut) return { row, description };
    const size = `${Math.round(line.length / 1e6).toLocaleString('en')} MB`;
    const shortened = finding('row/shortened', `The line has ${size}: long texts and lists are shown by their beginning.`);
    return { row, description: { ...description, problems: [shortened, ...description.problems.filter(({ rule }) => ofParts.has(rule))] } };
  } catch (error) {
    if (!(error instanceof JsonDepthError)) throw error;
    const problems = [finding('row/too-deep', `The row is ${error.message}.`)];
    return { row: {}, description: { messages: [], tools: [], problems, unknownItems: [], promptMessages: 0 } };
  }
}

/** For the page: arguments show as in the file, and all else holds nothing but what JSON can hold. */
export function describeLineForPage(line: LineBytes): DescribedLine {
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
