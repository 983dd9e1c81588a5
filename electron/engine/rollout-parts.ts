import type { Message } from '#shared/model/conversation.ts';
import type { RolloutDetail } from '#shared/model/rollout.ts';

/** Characters of one part: taken in within a few milliseconds. */
const partChars = 1 << 18;

/** Tells the beginning of a long conversation in parts, and answers the rollout with the messages that are left. */
export function inParts(detail: RolloutDetail, tell: (part: { messages: Message[] }) => void): RolloutDetail {
  if (detail.kind !== 'rollout') return detail;
  let part: Message[] = [];
  let chars = 0;
  for (const message of detail.messages) {
    if (chars >= partChars) {
      tell({ messages: part });
      part = [];
      chars = 0;
    }
    part.push(message);
    chars += charsOf(message);
  }
  return { ...detail, messages: part };
}

/** About so many characters of JSON. */
function charsOf({ content, reasoning_content: reasoning = '', tool_calls: calls = [] }: Message): number {
  const said = typeof content === 'string' ? content.length : JSON.stringify(content).length;
  const called = calls.reduce((sum, call) => {
    const { arguments: given } = call.function;
    return sum + (typeof given === 'string' ? given.length : JSON.stringify(given).length);
  }, 0);
  return 100 + said + reasoning.length + called;
}
