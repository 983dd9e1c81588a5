import type { MarkSet, MarksImported } from '#shared/model/marks.ts';
import type { DatasetIndex } from '../select/index.ts';
import { type MarkLine, parseMarks } from './marks-file.ts';
import { type Mark, markId, MarkTable, type Placement } from './mark-table.ts';

/** All marks as lines that `importMarks` reads, one a rollout in the order of the rows; then those that are of no row, as they are. */
export function* exportMarks(table: MarkTable): Generator<void, { text: string; marks: number }> {
  const lines: MarkLine[] = [];
  for (const [row, { star, tags, note }] of [...table.marks].sort(([a], [b]) => a - b)) {
    const set = { ...(star && { star }), ...(tags.length > 0 && { tags: [...tags] }), ...(note !== '' && { note }) };
    if (Object.keys(set).length > 0) lines.push({ v: 1, key: table.keyOf(row), set });
    yield;
  }
  lines.push(...table.lost.map(({ key, set, at, by }): MarkLine => ({ v: 1, at, by, key, set })));
  return { text: lines.map((line) => `${JSON.stringify(line)}\n`).join(''), marks: lines.length };
}

/**
 * Sets by `mark` what lines of marks say otherwise than `table`. Of rows in several files that a mark fits the one with its bytes
 * gets it; where none has them and several fit, it is lost.
 */
export function* importMarks(
  text: string,
  { index, table, files, mark }: { index: DatasetIndex; table: MarkTable; files: number; mark: (row: number, set: MarkSet) => void },
): Generator<void, MarksImported> {
  const { lines, unreadable } = parseMarks(text);
  const given = new MarkTable(
    index,
    Array.from({ length: files }, () => ({ lines })),
  );
  yield* given.readOn();
  const byMark = new Map<string, Placement[]>(lines.map(({ key }) => [markId(key), []]));
  for (const placement of given.placements) byMark.get(placement.id)?.push(placement);
  const counts = { added: 0, unchanged: 0, carriedOver: 0, lost: 0, unreadableLines: unreadable.length };
  for (const placements of byMark.values()) {
    const exact = placements.filter(({ carriedOver }) => !carriedOver);
    const [placed, another] = exact.length > 0 ? exact : placements;
    if (!placed || (another && exact.length === 0)) {
      counts.lost++;
      continue;
    }
    const changes = changed(placed.set, table.marks.get(placed.row));
    const isNew = Object.keys(changes).length > 0;
    if (isNew) mark(placed.row, changes);
    counts[isNew ? 'added' : 'unchanged']++;
    if (placed.carriedOver) counts.carriedOver++;
    yield;
  }
  return counts;
}

/** The fields that are not as they were. */
function changed({ star, tags, note }: MarkSet, before: Mark | undefined): MarkSet {
  return {
    ...(star !== undefined && star !== (before?.star ?? false) && { star }),
    ...(tags !== undefined && JSON.stringify(tags) !== JSON.stringify(before?.tags ?? []) && { tags }),
    ...(note !== undefined && note !== (before?.note ?? '') && { note }),
  };
}
