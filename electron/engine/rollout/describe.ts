import type { JsonObject } from '#shared/model/json.ts';
import type { ShownRollout } from '#shared/model/rollout.ts';
import { canonicalConversation } from './canonical.ts';

/** What `show` and the page say of a conversation. */
export type RolloutDescription = Pick<ShownRollout, 'messages' | 'tools' | 'problems' | 'unknownItems'> & {
  readonly promptMessages: number;
};

/**
 * The conversation of a row with all its reasoning and findings. For the page `arguments` are `text`, so that they show as in
 * the file; `parsed` is for `show --json`, to be written with `writeJson`.
 */
export function describeRollout(row: JsonObject, options: { readonly arguments: 'parsed' | 'text' }): RolloutDescription {
  const { messages, tools, problems, unknownItems, promptMessages } = canonicalConversation(row, { reasoning: 'separate', ...options });
  return { messages, tools, problems, unknownItems, promptMessages };
}
