/** Where a value lies against the mark that divides good from bad: the side decides the colour, the distance its strength. */
export interface RewardTone {
  readonly side: 'below' | 'above';
  /** 1 next to the mark, 3 far from it. */
  readonly step: 1 | 2 | 3;
}

export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/** Distance is measured against the room there is on that side of the mark, in thirds. */
export function rewardTone(value: number, mark: number, { min, max }: ValueRange): RewardTone {
  const side = value < mark ? 'below' : 'above';
  // Halves: the ends may be further apart than a number can say.
  const room = side === 'below' ? mark / 2 - min / 2 : max / 2 - mark / 2;
  const distance = room > 0 ? Math.abs(value / 2 - mark / 2) / room : 1;
  return { side, step: distance < 1 / 3 ? 1 : distance < 2 / 3 ? 2 : 3 };
}

/** Position of a value in its range, 0 to 1; a range without extent is full. */
export function rewardHeight(value: number, { min, max }: ValueRange): number {
  if (max <= min) return 1;
  return Math.min(1, Math.max(0, (value / 2 - min / 2) / (max / 2 - min / 2)));
}
