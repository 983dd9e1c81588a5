import { isJsonObject, type JsonValue } from '#shared/model/json.ts';
import { lengthFor } from '../../length.ts';
import { answerChats, nemoRl as nemoRlText } from '../../lessons/index.ts';
import { pairSampling } from '../../sampling-options.ts';
import { formatOption, lengthOptions } from '../../shared-options.ts';
import type { Target } from '../../types.ts';
import { answerFault, sameFault } from '../check-conversation.ts';
import { answerOptions, answerPart, pairNeeds, sharedFields, textOnly } from '../pair-row.ts';
import { trlColumns, trlFormat } from '../trl/config.ts';
import { preferenceYaml } from './config.ts';
import { lastMessageWarning, loaderWarnings } from '../warnings.ts';
import { nemoRl } from './framework.ts';

/** NeMo-RL's PreferenceDataset: a context and two ranked completions, the lower rank the better (processors.py). */
export const nemoRlPreference: Target = {
  info: {
    target: 'nemo-rl/preference',
    framework: nemoRl,
    method: { id: 'preference', title: 'DPO, ranked', about: 'Preference pairs as two ranked completions of one context.' },
    cells: [{ column: 'dpo' }],
    writes: 'context, completions · Parquet',
    needs: [...pairNeeds, textOnly],
    files: [
      { name: 'train.parquet', about: 'One pair a row: context and completions as lists of JSON.' },
      { name: 'dpo.yaml', about: 'Configuration for run_dpo.py, with a length that masks nothing.' },
    ],
    command: 'uv run examples/run_dpo.py --config dpo.yaml',
    notes: [
      'dpo.yaml inherits from examples/configs/dpo.yaml of your NeMo-RL checkout: write its path into the first line.',
      'NeMo-RL trains on the last message of a completion only: of answers of several messages the others are context.',
      'It passes no tools to the chat template: they stand in the system message, unless tools=drop.',
    ],
    options: [
      ...answerOptions({ template: false }),
      formatOption,
      ...lengthOptions('NeMo-RL gives longer pairs no weight without a word.'),
      ...pairSampling,
    ],
  },
  warnings: (settings) => [...loaderWarnings(settings), lastMessageWarning],
  unit: () => 'pair',
  map: answerPart,

  join(parts) {
    const completions = parts.map(({ completion }, rank) => ({ rank, completion }));
    return { context: parts[0]?.['prompt'], completions, ...sharedFields(parts) };
  },

  lesson: (parts) => ({ loss: 'tokens', chats: answerChats(parts), method: nemoRlText('last'), notes: [lastNote] }),

  format: trlFormat,
  columns: (settings) => trlColumns(['context', 'completions'], settings, 0),
  helpers: (files, settings, { longest }) => ({
    'dpo.yaml': preferenceYaml('dpo.yaml', 'PreferenceDataset', files, lengthFor(settings, longest)),
  }),

  check({ context = null, completions, ...row }) {
    if (!Array.isArray(completions) || completions.length !== 2) return 'completions are not two';
    const [chosen = null, rejected = null] = completions.map(completionOf);
    if (chosen === null || rejected === null) return 'completions are not ranked 0 and 1';
    return answerFault({ ...row, prompt: context, chosen, rejected }, ['chosen', 'rejected'], ['gym_meta']) ?? sameFault(chosen, rejected);
  },
};

export const lastNote = 'NeMo-RL puts the loss on the last message of an answer alone, its header included.';

/** Null where it has another rank than its place. */
function completionOf(value: JsonValue, place: number): JsonValue {
  return isJsonObject(value) && value['rank'] === place ? (value['completion'] ?? null) : null;
}
