/** No trainer of its own: files for whatever reads them. */
export const custom = { id: 'custom', title: 'Custom', version: '' } as const;
