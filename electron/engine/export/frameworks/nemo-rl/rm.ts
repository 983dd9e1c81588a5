import { lengthFor } from '../../length.ts';
import { answerChats, nemoRl as nemoRlText } from '../../lessons/index.ts';
import type { Target } from '../../types.ts';
import { preferenceYaml } from './config.ts';
import { loaderWarnings } from '../warnings.ts';
import { nemoRlPreference } from './preference.ts';

/** NeMo-RL's reward model reads the pairs of its PreferenceDataset, and whole conversations of them. */
export const nemoRlRm: Target = {
  ...nemoRlPreference,
  warnings: loaderWarnings,
  info: {
    ...nemoRlPreference.info,
    target: 'nemo-rl/rm',
    method: { id: 'rm', title: 'Reward model', about: 'A better and a worse completion of one context, to learn a score from.' },
    cells: [{ column: 'rm' }],
    files: [
      { name: 'train.parquet', about: 'One pair a row: context and completions as lists of JSON.' },
      { name: 'rm.yaml', about: 'Configuration for run_rm.py, with a length that masks nothing.' },
    ],
    command: 'uv run examples/run_rm.py --config rm.yaml',
    notes: [
      'rm.yaml inherits from examples/configs/rm.yaml of your NeMo-RL checkout: write its path into the first line.',
      'It passes no tools to the chat template: they stand in the system message, unless tools=drop.',
    ],
  },
  lesson: (parts) => ({ loss: 'score', chats: answerChats(parts), method: nemoRlText('score') }),

  helpers: (files, settings, { longest }) => ({
    'rm.yaml': preferenceYaml('rm.yaml', 'PreferenceDataset', files, lengthFor(settings, longest)),
  }),
};
