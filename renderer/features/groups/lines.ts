/** An open group among the others. */
export interface OpenGroup {
  /** Its position. */
  readonly index: number;
  /** Its rollouts. */
  readonly rollouts: number;
}

/** What stands on one line of the list: all lines are equally high, so that any number of them is drawn by arithmetic. */
export type Line =
  | { readonly kind: 'group'; readonly index: number }
  /** Over and under the rollouts of the open group. */
  | { readonly kind: 'caption' }
  | { readonly kind: 'rollout'; readonly at: number }
  | { readonly kind: 'foot' };

/** Lines that an open group adds besides one a rollout. */
const around = 2;

export function lineCount(groups: number, open: OpenGroup | null): number {
  return open === null ? groups : groups + open.rollouts + around;
}

export function lineAt(line: number, open: OpenGroup | null): Line {
  if (open === null || line <= open.index) return { kind: 'group', index: line };
  const below = line - open.index - 1;
  if (below === 0) return { kind: 'caption' };
  if (below <= open.rollouts) return { kind: 'rollout', at: below - 1 };
  if (below === open.rollouts + 1) return { kind: 'foot' };
  return { kind: 'group', index: line - open.rollouts - around };
}

/** Where the keys can stand: on a group, or on a rollout of the open one. */
export type Stop = Extract<Line, { kind: 'group' | 'rollout' }>;

export function lineOf(stop: Stop, open: OpenGroup | null): number {
  if (stop.kind === 'rollout') return (open?.index ?? 0) + around + stop.at;
  return open === null || stop.index <= open.index ? stop.index : stop.index + open.rollouts + around;
}

/** So many stops further (negative: back), clamped. */
export function moveBy(stop: Stop, by: number, groups: number, open: OpenGroup | null): Stop {
  const rollouts = open?.rollouts ?? 0;
  const openAt = open?.index ?? Infinity;
  const at = stop.kind === 'rollout' ? openAt + 1 + stop.at : stop.index <= openAt ? stop.index : stop.index + rollouts;
  const next = Math.min(groups + rollouts - 1, Math.max(0, at + by));
  if (next <= openAt) return { kind: 'group', index: next };
  return next <= openAt + rollouts ? { kind: 'rollout', at: next - openAt - 1 } : { kind: 'group', index: next - rollouts };
}

/** Groups [start, end) that lines [start, end) show, and the rollouts of the open one. */
export function shownBy(lines: { start: number; end: number }, groups: number, open: OpenGroup | null) {
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  if (open === null)
    return { groups: { start: clamp(lines.start, groups), end: clamp(lines.end, groups) }, rollouts: { start: 0, end: 0 } };
  const extra = open.rollouts + around;
  const groupAt = (line: number): number => (line <= open.index ? line : Math.max(open.index + 1, line - extra));
  const first = open.index + around;
  return {
    groups: { start: clamp(groupAt(lines.start), groups), end: clamp(groupAt(lines.end), groups) },
    rollouts: { start: clamp(lines.start - first, open.rollouts), end: clamp(lines.end - first, open.rollouts) },
  };
}
