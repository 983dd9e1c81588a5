/** Up to three of `names` that `wanted` may be a slip of, nearest first. */
export function nearestNames(wanted: string, names: readonly string[]): string[] {
  const target = wanted.toLowerCase();
  const reach = Math.max(1, Math.floor(target.length / 3));
  return names
    .map((name, position) => ({ name, position, distance: distanceOf(target, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance || a.position - b.position)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** A name that goes on where the typed one stops, or whose last part is the typed one, counts as one slip away. */
function distanceOf(target: string, name: string): number {
  const edits = editDistance(target, name);
  const kin = target.length >= 3 && (name.startsWith(target) || name.endsWith(`.${target}`));
  return kin ? Math.min(edits, 1) : edits;
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
