/** Checked against this version. */
export const trl = { id: 'trl', title: 'TRL', version: '1.16.0' } as const;
