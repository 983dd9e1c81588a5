/** Checked against this version. */
export const nemoRl = { id: 'nemo-rl', title: 'NeMo-RL', version: '0.6.0' } as const;
