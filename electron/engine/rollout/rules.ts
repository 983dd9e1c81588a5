import type { Finding } from '#shared/model/problem.ts';
import type { Rule } from '../validate/rule.ts';

/** What can be wrong inside a rollout's conversation. Worst first, as they are shown. */
const table = [
  {
    id: 'response/missing',
    severity: 'error',
    title: 'No response',
    meaning: 'The row has no response with output items and no messages in its place: only the request can be shown.',
    remedy: 'Collect the rollout again, or leave such rows out: missing status. Exports leave them out.',
  },
  {
    id: 'row/too-deep',
    severity: 'error',
    title: 'Nested too deep',
    meaning: 'Values lie in values more than 512 levels deep: its conversation is not read. Python gives up at about a thousand.',
    remedy: 'Look at the line as it is written for the field that nests, and write that as text at its source. Exports leave the row out.',
  },
  {
    id: 'item/unknown-type',
    severity: 'error',
    title: 'Item of unknown type',
    meaning: 'An item is no message, reasoning, function call or function call output: a call of a built-in tool, for example.',
    remedy: 'No chat template can show it, so exports leave the row out. Collect with function tools instead of built-in ones.',
  },
  {
    id: 'arguments/not-object',
    severity: 'error',
    title: 'Arguments are no JSON object',
    meaning: 'The model wrote arguments that a tool cannot read. Environments usually answer such a call with an error.',
    remedy: 'Training on it would teach the mistake: exports whose trainer wants an object leave the row out.',
  },
  {
    id: 'response/truncated',
    severity: 'warning',
    title: 'Generation was cut',
    meaning: 'The response says that it is incomplete: most often max_output_tokens was reached.',
    remedy: 'Raise max_output_tokens and collect again, or leave such rows out: not truncated.',
  },
  {
    id: 'response/empty',
    severity: 'warning',
    title: 'Empty output',
    meaning: 'The response has no output items: the model said nothing, or its words were not recorded.',
    remedy: 'Look at status and error of the response. Nothing can be trained on this row.',
  },
  {
    id: 'conversation/no-assistant',
    severity: 'warning',
    title: 'No assistant message',
    meaning: 'Nobody answers in this conversation.',
    remedy: 'Look at the last items of the response. Supervised exports leave the row out.',
  },
  {
    id: 'call/without-output',
    severity: 'warning',
    title: 'Call without output',
    meaning: 'A tool was called and nothing came back, or not under the id of the call.',
    remedy: 'Usual where the rollout ends with a call. In the middle the environment lost an output: look at its log.',
  },
  {
    id: 'output/without-call',
    severity: 'warning',
    title: 'Output without call',
    meaning: 'A tool output answers no call before it.',
    remedy: 'Look at its call_id: the call may stand under another one. Some chat templates refuse such a row.',
  },
  {
    id: 'output/nested',
    severity: 'warning',
    title: 'Output is a list of transitions',
    meaning: 'The items of the output are lists, each with the whole history so far. The last one is read.',
    remedy: 'Nothing to mend: some agents write their rollouts so.',
  },
  {
    id: 'tool/not-function',
    severity: 'warning',
    title: 'Tool is no function',
    meaning: 'The request offers a built-in tool, which the chat form cannot describe. It is left out of the tools.',
    remedy: 'A trainer will not see this tool. Offer it as a function if it matters.',
  },
  {
    id: 'content/unknown-part',
    severity: 'warning',
    title: 'Part of unknown kind',
    meaning: 'A message holds a part that is neither text nor an image or video. It is kept as it is.',
    remedy: 'Text trainers cannot read it: their exports leave the row out.',
  },
  {
    id: 'row/shortened',
    severity: 'note',
    title: 'Shown in part',
    meaning:
      'The line is longer than 32 MiB: long texts and lists in it are shown by their beginning, and findings that need the whole are not looked for.',
    remedy: 'Nothing to mend. The raw view, search and exports have the whole line.',
  },
  {
    id: 'content/refusal',
    severity: 'note',
    title: 'The model refused',
    meaning: 'An assistant message holds a refusal. Its text is shown, and exported, as what the model said.',
    remedy: 'Leave such rows out if you do not want to train refusals.',
  },
  {
    id: 'row/messages',
    severity: 'note',
    title: 'Read from messages',
    meaning: 'The row has no responses_create_params: its conversation is read from messages, in an older form.',
    remedy: 'Nothing to mend. Rows of this form do not number their tasks, so that equal prompts make a task.',
  },
] as const satisfies readonly Rule[];

export type RolloutRuleId = (typeof table)[number]['id'];

export const rolloutRules: readonly Rule[] = table;

const severities = new Map(table.map(({ id, severity }) => [id, severity]));

export function finding(rule: RolloutRuleId, message: string, at?: string): Finding {
  return { rule, severity: severities.get(rule) ?? 'warning', message, ...(at !== undefined && { at }) };
}
