/** Checked against this version. */
export const verl = { id: 'verl', title: 'VeRL', version: '0.9.1' } as const;
