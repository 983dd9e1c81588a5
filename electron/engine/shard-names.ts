/**
 * What each file of a dataset is called: its name, with as many of its folders as tell it from the others. The whole path
 * never leaves the engine; two names of one file may stay equal.
 */
export function shardNames(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split(/[/\\]/).filter((part) => part !== ''));
  const deepest = Math.max(...parts.map((list) => list.length));
  let names = parts.map((list) => list.slice(-1).join('/'));
  for (let depth = 2; depth <= deepest && new Set(names).size < names.length; depth++) {
    const count = new Map<string, number>();
    for (const name of names) count.set(name, (count.get(name) ?? 0) + 1);
    names = names.map((name, i) => ((count.get(name) ?? 0) > 1 ? (parts[i] ?? []).slice(-depth).join('/') : name));
  }
  return names;
}
