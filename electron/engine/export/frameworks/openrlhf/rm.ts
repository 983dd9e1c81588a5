import { lengthFor } from '../../length.ts';
import { answerChats, openRlhfScore } from '../../lessons/index.ts';
import { pairSampling } from '../../sampling-options.ts';
import { formatOption, lengthOptions } from '../../shared-options.ts';
import type { Target } from '../../types.ts';
import { answerOptions, marginFault, marginField, marginNote, marginOptions } from '../pair-row.ts';
import { trlColumns } from '../trl/config.ts';
import { loaderWarnings } from '../warnings.ts';
import { openRlhfDpo, pairColumns, pairHelpers } from './dpo.ts';

/** OpenRLHF's reward model: the rows of its DPO, with a margin where it is wanted. */
export const openRlhfRm: Target = {
  ...openRlhfDpo,
  warnings: loaderWarnings,
  writesReward: (settings) => settings.flag('margin-column'),
  info: {
    ...openRlhfDpo.info,
    target: 'openrlhf/rm',
    method: { id: 'rm', title: 'Reward model', about: 'A better and a worse answer to the same prompt, to learn a score from.' },
    cells: [{ column: 'rm' }],
    cutsAt: 512,
    notes: [
      'The score is read at the last token, whoever said it.',
      'OpenRLHF passes no tools to the chat template: they stand in the system message, unless tools=drop.',
      'Whole numbers beyond 64 bits are written as texts.',
    ],
    options: [
      ...answerOptions({ template: false }),
      ...marginOptions,
      formatOption,
      ...lengthOptions('OpenRLHF cuts longer rows without a word; its default is 512.'),
      ...pairSampling,
    ],
  },

  join: (parts, example, settings) => ({ ...openRlhfDpo.join?.(parts, example, settings), ...marginField(example, settings) }),

  lesson: (parts) => ({ loss: 'score', chats: answerChats(parts), method: openRlhfScore }),

  columns: (settings) => trlColumns(pairColumns, settings, 0, settings.flag('margin-column') ? [{ name: 'margin', kind: 'number' }] : []),

  helpers(files, settings, { longest, reward }) {
    const flags = settings.flag('margin-column') ? ['--model.margin_loss_enable'] : [];
    return pairHelpers('train_rm', files, lengthFor(settings, longest), flags, marginNote(reward));
  },

  check(row, settings) {
    const { margin: _, ...others } = row;
    return marginFault(row, settings) ?? openRlhfDpo.check?.(others, settings);
  },
};
