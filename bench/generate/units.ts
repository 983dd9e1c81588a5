const units = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 } as const;

/** "500MB", "1.5 GB" or "4096" as bytes; units are decimal. */
export function parseBytes(text: string): number {
  const [, digits = '', unit = 'B'] = /^(\d+(?:\.\d+)?)\s*(B|kB|MB|GB)?$/.exec(text) ?? [];
  const factor = Object.entries(units).find(([name]) => name === unit)?.[1];
  if (digits === '' || factor === undefined) throw new Error(`"${text}" is no size. Write it like 500MB or 1.5GB.`);
  return Math.round(Number(digits) * factor);
}
