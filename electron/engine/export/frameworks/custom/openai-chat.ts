import type { Message } from '#shared/model/conversation.ts';
import { writeJson } from '#shared/model/json.ts';
import { gymMeta } from '../../metadata.ts';
import { rolloutSampling } from '../../sampling-options.ts';
import { endingOption, metaOption, parallelOption, systemOptions, textReasoningOption, toolsOption } from '../../shared-options.ts';
import { hasLoneSurrogate } from '../../text-safety.ts';
import type { Target } from '../../types.ts';
import { jsonLines } from '../../writers/jsonl.ts';
import { conversationFault } from '../check-conversation.ts';
import { trainingConversation } from '../conversation-row.ts';
import { custom } from './framework.ts';

/** Chat messages as OpenAI's API and fine-tuning have them: arguments as the text that the model wrote, every call with an id. */
export const customOpenAiChat: Target = {
  info: {
    target: 'custom/openai-chat',
    framework: custom,
    method: {
      id: 'openai-chat',
      title: 'OpenAI chat',
      about: 'Conversations as chat completions: arguments are texts, as the model wrote them.',
    },
    cells: [{ column: 'sft' }],
    writes: 'messages, tools · JSON lines',
    needs: ['an assistant message'],
    files: [{ name: 'train.jsonl', about: 'One conversation a line: messages, and tools where there are some.' }],
    command: '',
    notes: [
      'Arguments stay the text of the model, also where that is no JSON object.',
      'Calls without an id get one from their place, as call_3_0.',
      'Images stay parts of the content, as image_url.',
    ],
    options: [textReasoningOption, toolsOption, ...systemOptions, endingOption, parallelOption, metaOption, ...rolloutSampling],
  },
  unit: () => 'rollout',

  map(rollout, settings) {
    const made = trainingConversation(rollout, settings, { media: true, arguments: 'text' });
    if (typeof made === 'string') return made;
    const { messages, tools, shape } = made;
    const content = {
      messages: withIds(messages),
      ...(tools.length > 0 && { tools }),
      ...(settings.flag('meta') && { gym_meta: gymMeta(rollout) }),
    };
    return hasLoneSurrogate(content) ? 'mapping/lone-surrogate' : { content, shape };
  },

  format: () => jsonLines,
  columns: () => undefined,
  helpers: () => ({}),
  check: (row) => conversationFault(row, { media: 'any', columns: ['tools', 'gym_meta'], arguments: 'text' }),
};

/** Calls with ids and texts as arguments. Outputs that name no call are those of the calls before them, in their order. */
function withIds(messages: readonly Message[]): Message[] {
  let waiting: string[] = [];
  return messages.map((message, at) => {
    const { tool_calls: calls } = message;
    if (calls) {
      const named = calls.map((call, i) => ({
        id: call.id ?? `call_${at}_${i}`,
        type: call.type,
        function: { name: call.function.name, arguments: argumentText(call.function.arguments) },
      }));
      waiting = named.map(({ id }) => id);
      return { ...message, tool_calls: named };
    }
    if (message.role !== 'tool') return message;
    const id = message.tool_call_id ?? waiting[0] ?? '';
    waiting = waiting.filter((each) => each !== id);
    return { role: 'tool', content: message.content, tool_call_id: id };
  });
}

function argumentText(given: string | object): string {
  return typeof given === 'string' ? given : writeJson(given);
}
