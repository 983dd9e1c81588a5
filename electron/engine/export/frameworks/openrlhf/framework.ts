/** Checked against this version. */
export const openRlhf = { id: 'openrlhf', title: 'OpenRLHF', version: '0.11.2' } as const;
