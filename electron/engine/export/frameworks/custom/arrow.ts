import type { Target } from '../../types.ts';
import { arrow } from '../../writers/arrow.ts';
import { textOf } from './functions.ts';
import { customMap } from './map.ts';

/** The user's own fields as an Arrow stream of texts, such as NeMo-RL's `arrow_text` reads for distillation. */
export const customArrow: Target = {
  ...customMap,
  info: {
    ...customMap.info,
    target: 'custom/arrow',
    method: { id: 'arrow', title: 'Arrow', about: 'Rows with the fields you name, each a text: one conversation a row by default.' },
    cells: [{ column: 'sft' }],
    writes: 'text · Arrow',
    files: [{ name: 'train.arrow', about: 'An Arrow stream with a column of texts for each field.' }],
    notes: [
      'By default one column text, the words of all messages with their roles: what arrow_text of NeMo-RL (text_key: text) and datasets (load_dataset("arrow", …)) read.',
      'What is no text is written as its JSON.',
      ...customMap.info.notes.slice(0, 3),
    ],
    options: customMap.info.options.map((option) => (option.key === 'fields' ? { ...option, default: { text: 'text' } } : option)),
  },

  join(parts, example, settings) {
    const row = customMap.join?.(parts, example, settings) ?? {};
    return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : textOf(value)]));
  },

  format: () => arrow,
  columns: (settings) => [
    ...settings.fields('fields').map(([name]) => ({ name, kind: 'text' }) as const),
    ...(settings.flag('meta') ? [{ name: 'gym_meta', kind: 'text' } as const] : []),
  ],

  check(row, settings) {
    const wrong = settings.fields('fields').find(([name]) => typeof row[name] !== 'string' && row[name] !== null);
    return wrong && `the field ${wrong[0]} is no text`;
  },
};
