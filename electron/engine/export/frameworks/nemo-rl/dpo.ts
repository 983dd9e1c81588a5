import { lengthFor } from '../../length.ts';
import { answerChats, nemoRl as nemoRlText } from '../../lessons/index.ts';
import { pairSampling } from '../../sampling-options.ts';
import {
  endingOption,
  formatOption,
  lengthOptions,
  metaOption,
  systemOptions,
  textReasoningOption,
  toolsAsTextOption,
} from '../../shared-options.ts';
import type { Target } from '../../types.ts';
import { foreignColumn, lastRole, messagesFault, sameFault } from '../check-conversation.ts';
import { trainingAnswer } from '../conversation-row.ts';
import { exactRow } from '../exact.ts';
import { gymMeta } from '../../metadata.ts';
import { sharedFields } from '../pair-row.ts';
import { trlColumns, trlFormat } from '../trl/config.ts';
import { preferenceYaml } from './config.ts';
import { nemoRl } from './framework.ts';
import { lastNote, nemoRlPreference } from './preference.ts';

/** NeMo-RL's BinaryPreferenceDataset: answers are texts, one assistant message each. */
export const nemoRlDpo: Target = {
  info: {
    ...nemoRlPreference.info,
    target: 'nemo-rl/dpo',
    framework: nemoRl,
    method: { id: 'dpo', title: 'DPO', about: 'Preference pairs: a better and a worse answer, each one text.' },
    writes: 'prompt, chosen, rejected · Parquet',
    needs: [
      'another rollout of the task, asked the same, with another reward',
      'a prompt that ends with a user or a tool',
      'an answer of one message without calls',
      'text only: no images',
    ],
    files: [
      { name: 'train.parquet', about: 'One pair a row: the prompt as a list of JSON, chosen and rejected as texts.' },
      { name: 'dpo.yaml', about: 'Configuration for run_dpo.py, with a length that masks nothing.' },
    ],
    notes: [
      'Answers of several messages or with calls fit nemo-rl/preference, but NeMo-RL trains on the last message only.',
      ...nemoRlPreference.info.notes.filter((note) => !note.startsWith('NeMo-RL trains')),
    ],
    options: [
      textReasoningOption,
      toolsAsTextOption,
      ...systemOptions,
      endingOption,
      metaOption,
      formatOption,
      ...lengthOptions('NeMo-RL gives longer pairs no weight without a word.'),
      ...pairSampling,
    ],
  },
  unit: () => 'pair',

  map(rollout, settings) {
    const made = trainingAnswer(rollout, settings, { media: false });
    if (typeof made === 'string') return made;
    const { prompt, completion, shape } = made;
    const [only, second] = completion;
    if (!only || second || only.tool_calls) return 'target/several-messages';
    const fields = { prompt, completion: only.content, gym_meta: settings.flag('meta') ? gymMeta(rollout) : undefined };
    return exactRow(fields, shape, { request: prompt, answer: only.content });
  },

  join(parts) {
    const [chosen, rejected] = parts;
    return { prompt: chosen?.['prompt'], chosen: chosen?.['completion'], rejected: rejected?.['completion'], ...sharedFields(parts) };
  },

  lesson: (parts) => ({ loss: 'tokens', chats: answerChats(parts), method: nemoRlText('last'), notes: [lastNote] }),

  format: trlFormat,
  columns: (settings) =>
    trlColumns(['prompt'], settings, 0, [
      { name: 'chosen', kind: 'text' },
      { name: 'rejected', kind: 'text' },
    ]),
  helpers: (files, settings, { longest }) => ({
    'dpo.yaml': preferenceYaml('dpo.yaml', 'BinaryPreferenceDataset', files, lengthFor(settings, longest)),
  }),

  check(row) {
    const { prompt, chosen, rejected } = row;
    const last = lastRole(prompt);
    return (
      foreignColumn(row, ['prompt', 'chosen', 'rejected', 'gym_meta']) ??
      messagesFault('prompt', prompt, { media: false }) ??
      (last === 'user' || last === 'tool' ? undefined : 'the prompt does not end with a user or a tool') ??
      (typeof chosen === 'string' && typeof rejected === 'string' ? undefined : 'chosen or rejected is no text') ??
      sameFault(chosen, rejected)
    );
  },
};
