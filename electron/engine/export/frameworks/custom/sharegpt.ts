import type { Message } from '#shared/model/conversation.ts';
import { isJsonObject, writeJson } from '#shared/model/json.ts';
import { gymMeta } from '../../metadata.ts';
import { rolloutSampling } from '../../sampling-options.ts';
import { endingOption, metaOption, systemOptions, textReasoningOption, toolsOption } from '../../shared-options.ts';
import { unsafeValue } from '../../text-safety.ts';
import type { Target } from '../../types.ts';
import { jsonLines } from '../../writers/jsonl.ts';
import { foreignColumn } from '../check-conversation.ts';
import { trainingConversation } from '../conversation-row.ts';
import { custom } from './framework.ts';

/** Conversations of turns `from` and `value`, with calls and their outputs as turns of their own, as LLaMA-Factory names them. */
export const customShareGpt: Target = {
  info: {
    target: 'custom/sharegpt',
    framework: custom,
    method: { id: 'sharegpt', title: 'ShareGPT', about: 'Conversations as turns of system, human, gpt, function_call and observation.' },
    cells: [{ column: 'sft' }],
    writes: 'conversations, tools · JSON lines',
    needs: ['an assistant message', 'tool calls whose arguments are JSON objects', 'text only: no images'],
    files: [{ name: 'train.jsonl', about: 'One conversation a line; tools are a JSON text.' }],
    command: '',
    notes: [
      'A call is a turn of its own, with name and arguments as JSON; several calls at once are one turn with a list.',
      'LLaMA-Factory wants human and gpt to take turns strictly: it skips conversations that do otherwise, with a warning.',
    ],
    options: [textReasoningOption, toolsOption, ...systemOptions, endingOption, metaOption, ...rolloutSampling],
  },
  unit: () => 'rollout',

  map(rollout, settings) {
    const made = trainingConversation(rollout, settings, { media: false });
    if (typeof made === 'string') return made;
    const { messages, tools, shape } = made;
    const content = {
      conversations: messages.flatMap(turnsOf),
      ...(tools.length > 0 && { tools: writeJson(tools.map((tool) => tool['function'])) }),
      ...(settings.flag('meta') && { gym_meta: gymMeta(rollout) }),
    };
    return unsafeValue([messages, tools]) ?? { content, shape };
  },

  format: () => jsonLines,
  columns: () => undefined,
  helpers: () => ({}),

  check(row) {
    const { conversations } = row;
    const foreign = foreignColumn(row, ['conversations', 'tools', 'gym_meta']);
    if (foreign !== undefined) return foreign;
    if (!Array.isArray(conversations) || conversations.length === 0) return 'conversations is no list with a turn';
    const wrong = conversations.findIndex((turn) => !isJsonObject(turn) || !isSpeaker(turn['from']) || typeof turn['value'] !== 'string');
    return wrong < 0 ? undefined : `turn ${wrong} has no known speaker, or no text`;
  },
};

const speakers = ['system', 'human', 'gpt', 'function_call', 'observation'];
const isSpeaker = (value: unknown): boolean => typeof value === 'string' && speakers.includes(value);

interface Turn {
  readonly from: string;
  readonly value: string;
}

function turnsOf({ role, content, tool_calls: calls }: Message): Turn[] {
  const value = typeof content === 'string' ? content : '';
  switch (role) {
    case 'system':
      return [{ from: 'system', value }];
    case 'user':
      return [{ from: 'human', value }];
    case 'tool':
      return [{ from: 'observation', value }];
    case 'assistant': {
      if (!calls) return [{ from: 'gpt', value }];
      const said = calls.map((call) => ({ name: call.function.name, arguments: call.function.arguments }));
      const called = { from: 'function_call', value: writeJson(said.length === 1 ? said[0] : said) };
      return value === '' ? [called] : [{ from: 'gpt', value }, called];
    }
  }
}
