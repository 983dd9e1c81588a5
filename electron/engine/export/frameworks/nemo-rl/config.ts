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
    '  # No row is longer. Longer ones would stay in the data with a loss of zero.',
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
