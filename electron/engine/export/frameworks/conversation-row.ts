import type { Message, Tool } from '#shared/model/conversation.ts';
import type { Conversation } from '../../rollout/index.ts';
import { admissionProblem } from '../admission.ts';
import type { ReasonId } from '../reasons.ts';
import type { Rollout } from '../rollout.ts';
import type { Settings } from '../settings.ts';
import { Shape } from '../types.ts';

/** A conversation that a trainer can learn from, with the shape it has. */
export interface TrainingConversation {
  readonly messages: readonly Message[];
  readonly tools: readonly Tool[];
  readonly shape: number;
}

export interface ConversationRules {
  /** Whether content may be a list of parts with media. */
  readonly media: boolean;
}

/**
 * The conversation of a rollout as supervised training wants it: reasoning, system messages and tools as the options say, cut
 * behind the last assistant message. The answer is a reason where there is none.
 */
export function trainingConversation(rollout: Rollout, settings: Settings, { media }: ConversationRules): TrainingConversation | ReasonId {
  const refused = admissionProblem(rollout.object(), settings.off);
  if (refused) return refused;
  const conversation = rollout.conversation(settings.choice('reasoning', ['inline', 'separate', 'drop']));
  if (!conversation.hasResponse) return 'admission/no-response';
  if (conversation.unknownItems.length > 0) return 'mapping/unknown-item';
  const kept =
    settings.choice('system', ['keep', 'drop']) === 'keep'
      ? conversation.messages
      : conversation.messages.filter(({ role }) => role !== 'system');
  if (!media && kept.some(({ content }) => typeof content !== 'string')) return 'mapping/images';
  if (kept.some(hasTextArguments)) return 'mapping/arguments-not-object';
  const messages = kept.slice(0, lastAssistant(kept) + 1);
  if (messages.length === 0) return 'target/no-assistant-message';
  if (messages.length < kept.length && settings.choice('ending', ['trim', 'leave-out']) === 'leave-out')
    return 'target/ends-without-assistant';
  const tools = settings.choice('tools', ['keep', 'drop']) === 'keep' ? conversation.tools : [];
  return { messages, tools, shape: shapeOf(messages, tools) };
}

function lastAssistant(messages: readonly Message[]): number {
  return messages.map(({ role }) => role).lastIndexOf('assistant');
}

function hasTextArguments({ tool_calls: calls = [] }: Message): boolean {
  return calls.some((call) => typeof call.function.arguments === 'string');
}

export function shapeOf(messages: readonly Message[], tools: Conversation['tools']): number {
  let shape = tools.length > 0 ? Shape.tools : 0;
  for (const message of messages) {
    if (message.tool_calls) shape |= Shape.calls;
    if (message.role === 'tool') shape |= Shape.toolOutputs;
    if (message.role === 'system') shape |= Shape.system;
    if (message.reasoning_content !== undefined) shape |= Shape.reasoning;
  }
  return shape;
}
