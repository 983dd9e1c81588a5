import { lengthFor } from '../../length.ts';
import { taskSampling } from '../../sampling-options.ts';
import { lengthOptions } from '../../shared-options.ts';
import { unsafeValue } from '../../text-safety.ts';
import type { Target } from '../../types.ts';
import { jsonLines } from '../../writers/jsonl.ts';
import { agentOption, gymLesson, gymTask, gymTaskFault, plannedOption, plannedTrait, taskWarnings } from '../task-row.ts';
import { dataPath } from './config.ts';
import { nemoRl } from './framework.ts';

/** NeMo-RL's NemoGymDataset: the task row of Gym as it is, read line by line and posted to the agent. */
export const nemoRlGrpo: Target = {
  info: {
    target: 'nemo-rl/grpo',
    framework: nemoRl,
    method: {
      id: 'grpo',
      title: 'GRPO with Gym',
      about: 'Tasks as Gym reads them: the request, the agent, and what the verifier needs. One row a task.',
    },
    cells: [{ column: 'rl' }],
    writes: 'Gym task rows · JSON lines',
    needs: ['a request that Gym’s own model admits', 'agent_ref.name, or the option agent'],
    files: [
      { name: 'train.jsonl', about: 'One task a line, without response, reward and what differs between its rollouts.' },
      { name: 'grpo.yaml', about: 'The data section for run_grpo_nemo_gym.py; name your model and environment in it.' },
    ],
    command: 'uv run python examples/nemo_gym/run_grpo_nemo_gym.py --config grpo.yaml',
    notes: [
      'Verifiers drop fields from rollouts: a _materialized_inputs.jsonl beside the file has them all, and is read for them.',
      'Fields that differ between rollouts of a task are taken for results and left out. With one rollout a task that cannot be told.',
      'Of a request, keys that are null are left out: Gym refuses null for some of them.',
      'The rows are those of gym dataset collate; also for distillation with run_distillation_nemo_gym.py.',
    ],
    options: [agentOption, plannedOption, ...lengthOptions('For the policy; Gym itself limits nothing.'), ...taskSampling],
  },
  unit: () => 'task',
  warnings: () => taskWarnings,

  map(rollout, settings) {
    const content = gymTask(rollout, settings);
    if (typeof content === 'string') return content;
    return unsafeValue(content) ?? { content, shape: plannedTrait(rollout, settings), request: content['responses_create_params'] };
  },

  lesson: ([row = {}]) => gymLesson(row),

  format: () => jsonLines,
  columns: () => undefined,

  helpers: ({ train, validation = train }, settings, { longest }) => ({
    'grpo.yaml': [
      'defaults: /path/to/NeMo-RL/examples/nemo_gym/grpo_workplace_assistant.yaml # your checkout, or another example there',
      'policy:',
      `  max_total_sequence_length: ${settings.number('max-length') || Math.max(lengthFor(settings, longest), 8192)}`,
      'data:',
      '  _override_: true',
      '  max_input_seq_length: null',
      '  shuffle: true',
      '  num_workers: 0',
      `  train: {data_path: ${dataPath(train)}}`,
      `  validation: {data_path: ${dataPath(validation)}}`,
      '  default: {dataset_name: NemoGymDataset, env_name: nemo_gym, prompt_file: null, system_prompt_file: null, processor: nemo_gym_data_processor}',
      'env:',
      '  should_use_nemo_gym: true',
      '  nemo_gym:',
      '    config_paths:',
      '      - responses_api_models/vllm_model/configs/vllm_model_for_training.yaml',
      '      - resources_servers/X/configs/X.yaml # your environment',
      '',
    ].join('\n'),
  }),

  check: gymTaskFault,
};
