import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { WrittenFiles } from '../../types.ts';

/**
 * A configuration that inherits from one of NeMo-RL's examples. Lines of a section are indented by two. The length is the
 * policy's, which its other limits follow.
 */
export function nemoRlConfig(
  parent: string,
  length: number,
  sections: { readonly policy?: readonly string[]; readonly data: readonly string[] },
): string {
  return [
    `defaults: /path/to/NeMo-RL/examples/configs/${parent} # your checkout`,
    'policy:',
    ...(sections.policy ?? []),
    '  # No row is longer: it has no more bytes. Longer ones stay in the data with a loss of zero: lower it only as far as your tokenizer allows.',
    `  max_total_sequence_length: ${length}`,
    'data:',
    '  _override_: true',
    '  max_input_seq_length: ${policy.max_total_sequence_length}',
    '  shuffle: true',
    '  num_workers: 1',
    ...sections.data,
    '',
  ].join('\n');
}

/**
 * The path of a data file as YAML. NeMo-RL names its task after the last two parts of the path, up to the first dot, and fails where
 * that leaves nothing. Fails with bad-input there.
 */
export function dataPath(file: string): string {
  const folder = path.basename(path.dirname(file));
  if (!folder.startsWith('.')) return JSON.stringify(file);
  throw new AppError('bad-input', `NeMo-RL cannot read files of a folder whose name starts with a dot (${folder}). Choose another name.`);
}

/** For DPO and reward models; `dataset` is the class that reads the rows. */
export function preferenceYaml(parent: string, dataset: string, { train, validation }: WrittenFiles, length: number): string {
  const keys = dataset === 'BinaryPreferenceDataset' ? ', prompt_key: prompt, chosen_key: chosen, rejected_key: rejected' : '';
  const split = (file: string): string => `{dataset_name: ${dataset}, data_path: ${dataPath(file)}${keys}}`;
  return nemoRlConfig(parent, length, {
    data: [
      `  train: ${split(train)}`,
      ...(validation === undefined ? [] : [`  validation: ${split(validation)}`]),
      '  default: {prompt_file: null, system_prompt_file: null}',
    ],
  });
}
