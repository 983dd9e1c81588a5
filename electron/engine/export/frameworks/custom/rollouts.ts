import { rolloutSampling } from '../../sampling-options.ts';
import type { Target } from '../../types.ts';
import { jsonLines } from '../../writers/jsonl.ts';
import { custom } from './framework.ts';

/** The chosen lines themselves, byte for byte. */
export const customRollouts: Target = {
  info: {
    target: 'custom/rollouts',
    framework: custom,
    method: { id: 'rollouts', title: 'Rollouts', about: 'The chosen lines as they are, for Gym’s own tools or for another look.' },
    cells: [{ column: 'sft' }],
    writes: 'the lines of the file · JSON lines',
    needs: [],
    files: [{ name: 'train.jsonl', about: 'The chosen lines, byte for byte, one newline each.' }],
    command: '',
    notes: ['Masked rows and failed attempts are passed on as well: filter them out if they do not belong.'],
    options: [...rolloutSampling],
  },
  unit: () => 'rollout',
  passesLines: true,
  map: (rollout) => ({ content: rollout.line(), shape: 0 }),
  format: () => jsonLines,
  columns: () => undefined,
  helpers: () => ({}),
};
