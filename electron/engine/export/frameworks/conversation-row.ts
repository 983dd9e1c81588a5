import type { Message, Tool } from '#shared/model/conversation.ts';
import { admissionProblem } from '../admission.ts';
import type { ReasonId } from '../reasons.ts';
import type { Rollout } from '../rollout.ts';
import type { Settings } from '../settings.ts';
import { Shape } from '../types.ts';
import { splitCalls } from './parallel-calls.ts';
import { withToolText } from './tool-text.ts';

/** A conversation that a trainer can learn from, with the shape it has. */
export interface TrainingConversation {
  readonly messages: readonly Message[];
  readonly tools: readonly Tool[];
  readonly shape: number;
}

export interface ConversationRules {
  /** Whether content may be a list of parts with media. */
  readonly media: boolean;
  /** `text`: arguments as the file has them, whatever they are. By default they must be objects. */
  readonly arguments?: 'text';
}

/**
 * The conversation of a rollout as supervised training wants it: reasoning, system messages and tools as the options say, cut
 * behind the last assistant message. The answer is a reason where there is none.
 */
export function trainingConversation(rollout: Rollout, settings: Settings, rules: ConversationRules): TrainingConversation | ReasonId {
  const read = readConversation(rollout, settings, rules);
  if (typeof read === 'string') return read;
  const kept = [...read.prompt, ...read.rest];
  const messages = kept.slice(0, lastAssistant(kept) + 1);
  if (messages.length === 0) return 'target/no-assistant-message';
  if (messages.length < kept.length && isStrict(settings)) return 'target/ends-without-assistant';
  return { messages, tools: read.tools, shape: shapeOf(messages, read.tools) };
}

/** A rollout as a question and the answer that was learned or judged. */
export interface Answer {
  /** Ends with a message of a user or a tool. */
  readonly prompt: readonly Message[];
  /** Begins and ends with the assistant. */
  readonly completion: readonly Message[];
  readonly tools: readonly Tool[];
  readonly shape: number;
}

/** The prompt is what stands before the first message of the assistant that the response gives: what an environment says before it belongs to it. */
export function trainingAnswer(rollout: Rollout, settings: Settings, rules: ConversationRules): Answer | ReasonId {
  const read = readConversation(rollout, settings, rules);
  if (typeof read === 'string') return read;
  const first = read.rest.findIndex(({ role }) => role === 'assistant');
  if (first < 0) return 'target/no-assistant-message';
  const prompt = [...read.prompt, ...read.rest.slice(0, first)];
  const behind = read.rest.slice(first);
  const completion = behind.slice(0, lastAssistant(behind) + 1);
  if (completion.length < behind.length && isStrict(settings)) return 'target/ends-without-assistant';
  const last = prompt.at(-1)?.role;
  if (last !== 'user' && last !== 'tool') return 'target/no-prompt';
  return { prompt, completion, tools: read.tools, shape: shapeOf([...prompt, ...completion], read.tools) };
}

interface ReadConversation {
  /** What the request says, and what the response adds. */
  readonly prompt: readonly Message[];
  readonly rest: readonly Message[];
  readonly tools: readonly Tool[];
}

/** Messages and tools as the options say, those of the whole conversation. */
export function readConversation(rollout: Rollout, settings: Settings, rules: ConversationRules): ReadConversation | ReasonId {
  const refused = admissionProblem(rollout.object(), settings.off);
  if (refused) return refused;
  const conversation = rollout.conversation(settings.choice('reasoning', ['inline', 'separate', 'drop']), rules.arguments);
  if (!conversation.hasResponse) return 'admission/no-response';
  if (conversation.unknownItems.length > 0) return 'mapping/unknown-item';
  if (!rules.media && conversation.messages.some(({ content }) => typeof content !== 'string')) return 'mapping/images';
  if (rules.arguments !== 'text' && conversation.messages.some(hasTextArguments)) return 'mapping/arguments-not-object';
  const { messages, promptMessages } = conversation;
  const [prompt, rest] = [messages.slice(0, promptMessages), messages.slice(promptMessages)].map((part) => shapeCalls(part, settings));
  if (!prompt || !rest) return 'target/parallel-calls';
  const tools = settings.choice('tools', ['keep', 'drop', 'system']);
  const systems = withSystem(prompt, settings);
  return {
    prompt: tools === 'system' ? withToolText(systems, conversation.tools) : systems,
    rest: settings.choice('system', ['keep', 'drop', 'replace']) === 'keep' ? rest : rest.filter(notSystem),
    tools: tools === 'keep' ? conversation.tools : [],
  };
}

/** Undefined where the option leaves such a rollout out. */
function shapeCalls(messages: readonly Message[], settings: Settings): readonly Message[] | undefined {
  if (!settings.has('parallel-calls') || !messages.some(hasParallelCalls)) return messages;
  switch (settings.choice('parallel-calls', ['keep', 'split', 'leave-out'])) {
    case 'keep':
      return messages;
    case 'leave-out':
      return undefined;
    case 'split':
      return splitCalls(messages);
  }
}

function withSystem(prompt: readonly Message[], settings: Settings): readonly Message[] {
  const choice = settings.choice('system', ['keep', 'drop', 'replace']);
  if (choice === 'keep') return prompt;
  const others = prompt.filter(notSystem);
  const content = choice === 'replace' ? settings.text('system-text') : '';
  return content === '' ? others : [{ role: 'system', content }, ...others];
}

const notSystem = ({ role }: Message): boolean => role !== 'system';

function isStrict(settings: Settings): boolean {
  return settings.choice('ending', ['trim', 'leave-out']) === 'leave-out';
}

function lastAssistant(messages: readonly Message[]): number {
  return messages.map(({ role }) => role).lastIndexOf('assistant');
}

function hasTextArguments({ tool_calls: calls = [] }: Message): boolean {
  return calls.some((call) => typeof call.function.arguments === 'string');
}

function hasParallelCalls({ tool_calls: calls = [] }: Message): boolean {
  return calls.length > 1;
}

export function shapeOf(messages: readonly Message[], tools: readonly Tool[]): number {
  let shape = tools.length > 0 ? Shape.tools : 0;
  for (const message of messages) {
    if (message.tool_calls) shape |= Shape.calls;
    if (hasParallelCalls(message)) shape |= Shape.parallelCalls;
    if (message.role === 'tool') shape |= Shape.toolOutputs;
    if (message.role === 'system') shape |= Shape.system;
    if (message.reasoning_content !== undefined) shape |= Shape.reasoning;
  }
  return shape;
}
