import path from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import { lengthFor } from '../../length.ts';
import { taskSampling } from '../../sampling-options.ts';
import { lengthOptions } from '../../shared-options.ts';
import { unsafeValue } from '../../text-safety.ts';
import type { Target } from '../../types.ts';
import { jsonLines } from '../../writers/jsonl.ts';
import { agentOption, gymLesson, gymTask, gymTaskFault, plannedOption, plannedTrait, taskWarnings } from '../task-row.ts';
import { trainScript } from '../train-script.ts';
import { verl } from './framework.ts';

/** verl's nemo_gym recipe (NeMoGymJSONLDataset): task rows of Gym whose input is a list of messages with a role. */
export const verlGym: Target = {
  info: {
    target: 'verl/gym',
    framework: verl,
    method: { id: 'gym', title: 'RL with Gym', about: 'Tasks as Gym reads them, for the nemo_gym recipe of verl. One row a task.' },
    cells: [{ column: 'rl' }],
    writes: 'Gym task rows · JSON lines',
    needs: ['a request of messages that Gym’s own model admits, without calls or reasoning', 'agent_ref.name, or the option agent'],
    files: [
      { name: 'train.jsonl', about: 'One task a line, without response, reward and what differs between its rollouts.' },
      { name: 'train.sh', about: 'The command of the recipe; VERL_ROOT is your checkout.' },
    ],
    command: 'VERL_ROOT=/path/to/verl sh train.sh MODEL OUT',
    notes: [
      'Verifiers drop fields from rollouts: a _materialized_inputs.jsonl beside the file has them all, and is read for them.',
      'A request that is a text becomes one user message; developer becomes system, which templates know.',
      'The recipe pins a verl commit (REQUIRED_VERL.txt) and needs a configuration of your environment: write it as gym.yaml beside the data.',
    ],
    options: [agentOption, plannedOption, ...lengthOptions('verl refuses longer prompts.'), ...taskSampling],
  },
  unit: () => 'task',
  warnings: () => taskWarnings,

  map(rollout, settings) {
    const task = gymTask(rollout, settings);
    if (typeof task === 'string') return task;
    const request = task['responses_create_params'];
    const input = isJsonObject(request) ? messagesOf(request['input']) : undefined;
    if (!input || !isJsonObject(request)) return 'target/request-items';
    if (input.length === 0) return 'target/no-prompt';
    const asked = { ...request, input };
    const content = { ...task, responses_create_params: asked };
    return unsafeValue(content) ?? { content, shape: plannedTrait(rollout, settings), request: asked };
  },

  lesson: ([row = {}]) => gymLesson(row),

  format: () => jsonLines,
  columns: () => undefined,

  helpers: ({ train, validation = train }, settings, { longest }) => ({
    'train.sh': trainScript(
      ['here=$(pwd)', 'cd "$VERL_ROOT"'],
      [
        'python3 -m verl.trainer.main_ppo --config-path="$VERL_ROOT/recipe/dapo/config" --config-name=dapo_megatron_trainer.yaml',
        `data.train_files="$here/${path.basename(train)}"`,
        `data.val_files="$here/${path.basename(validation)}"`,
        `data.max_prompt_length=${lengthFor(settings, longest)}`,
        '+data.custom_cls.path=recipe/nemo_gym/dataset.py',
        '+data.custom_cls.name=NeMoGymJSONLDataset',
        '+actor_rollout_ref.rollout.agent.agent_loop_manager_class=recipe.nemo_gym.agent_loop.NeMoGymAgentLoopManager',
        '+actor_rollout_ref.rollout.agent.agent_loop_config_path="$here/gym.yaml"',
        'actor_rollout_ref.model.path="$model"',
        'trainer.default_local_dir="$out"',
      ],
    ),
  }),

  check(row) {
    const fault = gymTaskFault(row);
    if (fault !== undefined) return fault;
    const request = row['responses_create_params'];
    const input = isJsonObject(request) ? request['input'] : undefined;
    const isRead = (item: JsonValue): boolean => isMessage(item) && isJsonObject(item) && item['role'] !== 'developer';
    return Array.isArray(input) && input.length > 0 && input.every(isRead) ? undefined : 'input is no list of messages';
  },
};

const roles = ['system', 'developer', 'user', 'assistant'];

function isMessage(item: JsonValue): boolean {
  if (!isJsonObject(item)) return false;
  const { role, content } = item;
  return typeof role === 'string' && roles.includes(role) && (typeof content === 'string' || Array.isArray(content));
}

/** Undefined where an item is no message with a role, which the recipe would make an empty user message of. */
function messagesOf(input: JsonValue | undefined): JsonObject[] | undefined {
  if (typeof input === 'string') return [{ role: 'user', content: input }];
  if (!Array.isArray(input)) return undefined;
  const messages = input.flatMap((item) => (isJsonObject(item) && isMessage(item) ? [item] : []));
  if (messages.length < input.length) return undefined;
  return messages.map((message) => (message['role'] === 'developer' ? { ...message, role: 'system' } : message));
}
