import type { Message } from '#shared/model/conversation.ts';
import { isJsonObject, type JsonObject, JsonNumber, type JsonValue, parseJson, writeJson } from '#shared/model/json.ts';
import type { TargetOption } from '#shared/model/target.ts';
import { admissionProblem } from '../admission.ts';
import { type Lesson, promptLesson } from '../lessons/index.ts';
import type { ReasonId } from '../reasons.ts';
import { requestConversation, type Rollout } from '../rollout.ts';
import type { Settings } from '../settings.ts';
import { type Fields, type Target, Trait } from '../types.ts';
import { rowValue, valueAt } from './custom/paths.ts';
import type { Placed } from './image-places.ts';
import { takesImages } from './images.ts';

/** What a rollout stamps on its row beside the task. */
const stamped = /^(response|reward|reward_components|mask_sample|failure_reason|skills_ref|_ng_.*|ng_.*)$/;

/**
 * The fields of a row that are of its task: all but the response, the reward, what Gym stamps on it, and what differs between
 * rollouts of a task. The planned input, where there is one, has them all, and what a verifier drops from its rollouts.
 */
export function taskFields(rollout: Rollout, settings: Settings): JsonObject {
  const planned = plannedTask(rollout, settings);
  if (planned) return Object.fromEntries(Object.entries(planned).filter(([key]) => !stamped.test(key)));
  const outputs = rollout.outputFields();
  return Object.fromEntries(Object.entries(rollout.object()).filter(([key]) => !stamped.test(key) && !outputs.has(key)));
}

export const plannedOption: TargetOption = {
  key: 'planned-inputs',
  step: 'mapping',
  title: 'Planned inputs',
  help: 'Takes what is known of a task from _materialized_inputs.jsonl beside the file, where a rollout of the same indices was asked the same: verifiers drop fields from rollouts. Without it, and where the dataset menu switches the file off, rollouts say what they can.',
  kind: 'boolean',
  default: true,
};

/** The planned input of a rollout, where there is one and the option wants it. */
export function plannedTask(rollout: Rollout, settings: Settings): JsonObject | undefined {
  return settings.flag('planned-inputs') ? rollout.plannedTask() : undefined;
}

/** `Trait.planned` where the task is taken from the planned input. */
export function plannedTrait(rollout: Rollout, settings: Settings): number {
  return plannedTask(rollout, settings) ? Trait.planned : 0;
}

export const taskWarnings: ReturnType<NonNullable<Target['warnings']>> = [
  { id: 'task/planned-inputs', title: 'Tasks whose fields are from _materialized_inputs.jsonl beside the file', bit: Trait.planned },
];

export const agentOption: TargetOption = {
  key: 'agent',
  step: 'mapping',
  title: 'Agent',
  help: 'Name of the agent server for rows that name none in agent_ref. Empty: such rows are left out.',
  kind: 'text',
  default: '',
};

export const groundTruthOption: TargetOption = {
  key: 'ground-truth',
  step: 'mapping',
  title: 'Ground truth',
  help: 'Path of what answers are checked against, as expected_answer or verifier_metadata.answer. Empty: the first there is of expected_answer, ground_truth, answer, solution, expected_output, label, verifier_metadata. What is no text is written as JSON.',
  kind: 'text',
  default: '',
};

const usualTruths = ['expected_answer', 'ground_truth', 'answer', 'solution', 'expected_output', 'label', 'verifier_metadata'];

/** One text in every row: a column of several types would be converted by the loaders. */
export function groundTruth(rollout: Rollout, settings: Settings): string | undefined {
  const path = settings.text('ground-truth');
  const [planned = {}, row] = [plannedTask(rollout, settings), rollout.object()];
  const values =
    path === ''
      ? [...usualTruths.map((name) => planned[name]), ...usualTruths.map((name) => row[name])]
      : [valueAt(planned, path), rowValue(path, rollout)];
  const found = values.find((value) => value !== undefined && value !== null);
  if (found === undefined) return undefined;
  return typeof found === 'string' ? found : writeJson(found);
}

/** What a task asks, with its images as the trainer wants them, if the option takes some. */
export interface TaskPrompt extends Placed {
  /** What tasks are told apart by: places of images are all alike. */
  readonly request: unknown;
  /** Bits of `Trait`. */
  readonly shape: number;
}

/** The prompt of a task, images included where `place` says how they stand in it. A row without response will do. */
export function taskPrompt(
  rollout: Rollout,
  settings: Settings,
  place?: (messages: readonly Message[]) => Placed | ReasonId,
): TaskPrompt | ReasonId {
  const prompt = promptMessages(rollout, settings);
  if (typeof prompt === 'string') return prompt;
  const hasMedia = prompt.some(({ content }) => typeof content !== 'string');
  const isTaken = place !== undefined && takesImages(settings);
  if (hasMedia && !isTaken) return 'mapping/images';
  const placed = isTaken ? place(prompt) : { messages: prompt, named: [], images: [] };
  if (typeof placed === 'string') return placed;
  const { messages, named, images } = placed;
  const request = images.length > 0 ? [messages, named.map(({ name }) => name)] : messages;
  const traits = images.length > 0 ? Trait.images : 0;
  return { ...placed, request, shape: plannedTrait(rollout, settings) | traits };
}

/** As chat messages that end with a user or a tool. */
function promptMessages(rollout: Rollout, settings: Settings): readonly Message[] | ReasonId {
  const refused = admissionProblem(rollout.object(), settings.off);
  if (refused) return refused;
  const { messages, promptMessages } = rollout.conversation('inline');
  const prompt = messages.slice(0, promptMessages);
  const kept = settings.choice('system', ['keep', 'drop', 'replace']);
  const others = kept === 'keep' ? prompt : prompt.filter(({ role }) => role !== 'system');
  const system = kept === 'replace' ? settings.text('system-text') : '';
  const written: readonly Message[] = system === '' ? others : [{ role: 'system', content: system }, ...others];
  if (written.some(({ tool_calls: calls = [] }) => calls.some((call) => typeof call.function.arguments === 'string')))
    return 'mapping/arguments-not-object';
  const last = written.at(-1)?.role;
  return last === 'user' || last === 'tool' ? written : 'target/no-prompt';
}

/** Keys of Gym's own model of a request, which forbids all others (`NeMoGymResponseCreateParamsNonStreaming`). */
const requestKeys = new Set(
  (
    'background include input instructions max_output_tokens max_tool_calls metadata model parallel_tool_calls previous_response_id prompt ' +
    'reasoning service_tier store stream temperature text tool_choice tools top_logprobs top_p truncation user'
  ).split(' '),
);

/** The row of a task as Gym's agents take it: the request without nulls, the agent, and the fields of the task. */
export function gymTask(rollout: Rollout, settings: Settings): JsonObject | ReasonId {
  const row = rollout.object();
  const refused = admissionProblem(row, settings.off);
  if (refused) return refused;
  const fields = taskFields(rollout, settings);
  // Not of `fields`: rollouts of a task may differ in it, as in their temperature.
  const asked = (plannedTask(rollout, settings) ?? row)['responses_create_params'];
  if (!isJsonObject(asked)) return 'target/request-refused';
  const request = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null));
  if (requestFault(request) !== undefined) return 'target/request-refused';
  const agent = agentOf(fields, settings) ?? agentOf(row, settings);
  if (!agent) return 'target/no-agent';
  return { ...fields, responses_create_params: request, agent_ref: agent };
}

/** The prompt of a Gym task: what its agent makes of it is known to the environment alone. */
export function gymLesson({ responses_create_params: request }: Fields): Lesson {
  const { messages, tools } = requestConversation(parseJson(writeJson(request ?? null)));
  return promptLesson(messages, [gymNote], tools);
}

const gymNote =
  'The agent of the environment sends this request, and may add to it. Shown are the chat messages that Gym’s model server makes of it.';

function agentOf({ agent_ref: agent }: JsonObject, settings: Settings): JsonObject | undefined {
  if (isJsonObject(agent) && typeof agent['name'] === 'string' && agent['name'] !== '') return agent;
  const name = settings.text('agent');
  return name === '' ? undefined : { type: 'responses_api_agents', name };
}

/** What Gym's model of a request, or NeMo-RL before it, would refuse. Without nulls. */
export function requestFault(request: JsonObject): string | undefined {
  const foreign = Object.keys(request).find((key) => !requestKeys.has(key));
  if (foreign !== undefined) return `the request has a key ${foreign}`;
  const { input, tools = [], metadata = {}, max_output_tokens: most = 0, stream = false } = request;
  if (typeof input !== 'string' && !Array.isArray(input)) return 'input is neither text nor a list';
  if (!Array.isArray(tools) || !tools.every(isFlatTool)) return 'tools are not those of the Responses API';
  if (!isJsonObject(metadata) || Object.values(metadata).some((value) => typeof value !== 'string')) return 'metadata is not of texts';
  if (!isWhole(most)) return 'max_output_tokens is no whole number';
  return stream === false ? undefined : 'it asks for a stream';
}

function isFlatTool(tool: JsonValue): boolean {
  if (!isJsonObject(tool) || typeof tool['type'] !== 'string') return false;
  return tool['type'] !== 'function' || (typeof tool['name'] === 'string' && 'strict' in tool && !('function' in tool));
}

function isWhole(value: JsonValue): boolean {
  return value instanceof JsonNumber ? /^-?\d+$/.test(value.text) : Number.isInteger(value);
}

/** What is wrong with a row read back, for Gym. */
export function gymTaskFault(row: JsonObject): string | undefined {
  const { responses_create_params: request, agent_ref: agent } = row;
  const left = Object.keys(row).find((key) => stamped.test(key));
  if (left !== undefined) return `${left} would be posted to the environment`;
  if (!isJsonObject(request)) return 'it has no request';
  const fault = requestFault(request);
  if (fault !== undefined || Object.values(request).includes(null)) return fault ?? 'the request has a null';
  return isJsonObject(agent) && typeof agent['name'] === 'string' ? undefined : 'it has no agent';
}
