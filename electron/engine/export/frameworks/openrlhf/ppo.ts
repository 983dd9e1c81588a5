import path from 'node:path';
import { lengthFor } from '../../length.ts';
import { gymMeta } from '../../metadata.ts';
import { taskSampling } from '../../sampling-options.ts';
import { formatOption, lengthOptions, metaOption, systemOptions } from '../../shared-options.ts';
import type { Target } from '../../types.ts';
import { foreignColumn, messagesFault } from '../check-conversation.ts';
import { dataCard, dataCardFile } from '../data-card.ts';
import { exactRow } from '../exact.ts';
import { groundTruth, groundTruthOption, plannedOption, plannedTrait, taskPrompt, taskWarnings } from '../task-row.ts';
import { trainScript } from '../train-script.ts';
import { trlColumns, trlFormat } from '../trl/config.ts';
import { openRlhf } from './framework.ts';

const rewardName = 'my_reward.py';

/** OpenRLHF's PromptDataset, for PPO, GRPO and REINFORCE++ alike. */
export const openRlhfPpo: Target = {
  info: {
    target: 'openrlhf/ppo',
    framework: openRlhf,
    method: { id: 'ppo', title: 'PPO, GRPO, REINFORCE++', about: 'Prompts with a label for the reward function. One row a task.' },
    cells: [{ column: 'rl' }],
    writes: 'input, label, datasource · Parquet',
    needs: [
      'a prompt that ends with a user or a tool',
      'an expected answer, or another ground truth',
      'text only: no images, nor the text <image>',
    ],
    files: [
      { name: 'train.parquet', about: 'One task a row: the prompt as a list of JSON, the label as a text.' },
      { name: rewardName, about: 'reward_func, which compares texts: put your own check there.' },
      { name: 'train.sh', about: 'The command; --algo.advantage.estimator chooses the method.' },
      dataCardFile,
    ],
    command: 'sh train.sh MODEL OUT',
    notes: ['label is a text in every row: what was none is its JSON.', 'OpenRLHF passes no tools to the chat template.'],
    options: [
      groundTruthOption,
      plannedOption,
      ...systemOptions,
      metaOption,
      formatOption,
      ...lengthOptions('Prompt and answer together.'),
      ...taskSampling,
    ],
  },
  unit: () => 'task',
  warnings: () => taskWarnings,

  map(rollout, settings) {
    const input = taskPrompt(rollout, settings);
    if (typeof input === 'string') return input;
    if (input.some(({ content }) => typeof content === 'string' && content.includes('<image>'))) return 'target/image-placeholder';
    const label = groundTruth(rollout, settings);
    if (label === undefined) return 'target/no-ground-truth';
    const agent = rollout.cell('agent');
    const meta = settings.flag('meta') ? gymMeta(rollout) : undefined;
    return exactRow(
      { input, label, datasource: typeof agent === 'string' ? agent : 'gym', gym_meta: meta },
      plannedTrait(rollout, settings),
      { request: input },
    );
  },

  format: trlFormat,
  columns: (settings) =>
    trlColumns(['input'], settings, 0, [
      { name: 'label', kind: 'text' },
      { name: 'datasource', kind: 'text' },
    ]),

  helpers: (files, settings, { longest }) => ({
    [rewardName]: rewardFunction,
    'train.sh': trainScript(
      [],
      [
        'python3 -m openrlhf.cli.train_ppo_ray',
        '--actor.model_name_or_path "$model"',
        '--ckpt.output_dir "$out"',
        '--algo.advantage.estimator group_norm',
        '--rollout.n_samples_per_prompt 8',
        `--data.prompt_dataset ${path.basename(files.train)}`,
        ...(files.validation === undefined ? [] : [`--eval.dataset ${path.basename(files.validation)}`]),
        '--data.input_key input',
        '--data.label_key label',
        '--data.apply_chat_template',
        `--data.max_len ${lengthFor(settings, longest) + 4096}`,
        '--rollout.max_new_tokens 4096',
        `--reward.remote_url ${rewardName}`,
      ],
    ),
    ...dataCard(files, 'Prompts for OpenRLHF: `input`, `label`, `datasource`.'),
  }),

  check(row) {
    const { input, label, datasource } = row;
    if (JSON.stringify(input).includes('<image>')) return 'the prompt has the text <image>';
    return (
      foreignColumn(row, ['input', 'label', 'datasource', 'gym_meta']) ??
      messagesFault('input', input, { media: false }) ??
      (typeof label === 'string' && typeof datasource === 'string' ? undefined : 'label or datasource is no text')
    );
  },
};

const rewardFunction = `"""Scores answers: --reward.remote_url ${rewardName}. Put your own check here."""

import torch


def reward_func(queries, prompts, labels, **kwargs):
    """1.0 where prompt and answer together end with the label."""
    scores = torch.tensor([float(query.strip().endswith(label.strip())) for query, label in zip(queries, labels)])
    return {"rewards": scores, "scores": scores, "extra_logs": {}}
`;
