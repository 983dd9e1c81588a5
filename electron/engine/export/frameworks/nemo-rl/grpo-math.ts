import { lengthFor } from '../../length.ts';
import { promptLesson } from '../../lessons/index.ts';
import { gymMeta } from '../../metadata.ts';
import { taskSampling } from '../../sampling-options.ts';
import { lengthOptions, metaOption, systemOptions } from '../../shared-options.ts';
import type { Target } from '../../types.ts';
import { parquet } from '../../writers/parquet.ts';
import { foreignColumn } from '../check-conversation.ts';
import { exactRow } from '../exact.ts';
import { groundTruth, groundTruthOption, plannedOption, taskPrompt, taskWarnings } from '../task-row.ts';
import { dataPath, nemoRlConfig } from './config.ts';
import { nemoRl } from './framework.ts';

/** NeMo-RL's ResponseDataset for its math environment: one question and one answer, both texts. */
export const nemoRlGrpoMath: Target = {
  info: {
    target: 'nemo-rl/grpo-math',
    framework: nemoRl,
    method: {
      id: 'grpo-math',
      title: 'GRPO, math',
      about: 'Questions with their expected answers for NeMo-RL’s own math environment, without Gym. One row a task.',
    },
    cells: [{ column: 'rl' }],
    writes: 'input, output · Parquet',
    needs: ['a prompt of one question', 'an expected answer', 'text only: its processor reads no images'],
    files: [
      { name: 'train.parquet', about: 'One task a row: the question, the answer to check against.' },
      { name: 'grpo.yaml', about: 'Configuration for run_grpo.py with the math environment.' },
    ],
    command: 'uv run examples/run_grpo.py --config grpo.yaml',
    notes: [
      'A system message stands before the question, with a blank line between: the processor takes the first text for the question, whoever said it.',
      'grpo.yaml inherits from examples/configs/grpo_math_1B.yaml of your NeMo-RL checkout: write its path into the first line.',
    ],
    options: [
      groundTruthOption,
      plannedOption,
      ...systemOptions,
      metaOption,
      ...lengthOptions('NeMo-RL gives longer questions no weight.'),
      ...taskSampling,
    ],
  },
  unit: () => 'task',
  warnings: () => taskWarnings,

  map(rollout, settings) {
    const prompt = taskPrompt(rollout, settings);
    if (typeof prompt === 'string') return prompt;
    const { messages, shape } = prompt;
    const questions = messages.filter(({ role }) => role !== 'system');
    if (questions.length !== 1 || questions[0]?.role !== 'user') return 'target/prompt-not-one-question';
    const output = groundTruth(rollout, settings);
    if (output === undefined) return 'target/no-ground-truth';
    const input = messages.map(({ content }) => (typeof content === 'string' ? content : '')).join('\n\n');
    const meta = settings.flag('meta') ? gymMeta(rollout) : undefined;
    return exactRow({ input, output, gym_meta: meta }, shape, { request: input });
  },

  lesson: ([{ input } = {}]) => promptLesson([{ role: 'user', content: input }]),

  format: () => parquet,
  columns: (settings) => [
    { name: 'input', kind: 'text' },
    { name: 'output', kind: 'text' },
    ...(settings.flag('meta') ? [{ name: 'gym_meta', kind: 'text' } as const] : []),
  ],

  helpers({ train, validation }, settings, { longest }) {
    const split = (file: string): string =>
      `{dataset_name: ResponseDataset, data_path: ${dataPath(file)}, input_key: input, output_key: output}`;
    return {
      'grpo.yaml': nemoRlConfig('grpo_math_1B.yaml', lengthFor(settings, longest), {
        data: [
          `  train: ${split(train)}`,
          ...(validation === undefined ? [] : [`  validation: ${split(validation)}`]),
          '  default: {prompt_file: null, system_prompt_file: null, processor: math_hf_data_processor, env_name: math}',
        ],
      }),
    };
  },

  check(row) {
    const wrong = ['input', 'output'].find((name) => typeof row[name] !== 'string');
    return foreignColumn(row, ['input', 'output', 'gym_meta']) ?? (wrong === undefined ? undefined : `${wrong} is no text`);
  },
};
