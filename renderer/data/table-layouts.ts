import { z } from 'zod';
import type { ColumnInfo } from '#shared/model/column.ts';
import { isPath } from '#shared/model/expression/index.ts';

/** How the user laid out the table of one kind of file. What is not named is as usual. */
export const tableLayout = z.object({
  /** Column names in the order the user gave them; others follow in theirs. */
  order: z.array(z.string()).catch([]).default([]),
  /** Columns shown or hidden against the default. */
  shown: z.record(z.string(), z.boolean()).catch({}).default({}),
  /** Columns that stay at the left, or do not, against the default. */
  pinned: z.record(z.string(), z.boolean()).catch({}).default({}),
  /** Widths in px of columns that were resized. */
  widths: z.record(z.string(), z.number()).catch({}).default({}),
  /** Paths and expressions that were columns. */
  added: z.array(z.string()).catch([]).default([]),
});
export type TableLayout = z.infer<typeof tableLayout>;
export const usualLayout: TableLayout = tableLayout.parse({});

/** Layouts by the shape of their files, that changed last at the end. */
export const tableLayouts = z.array(z.object({ shape: z.string(), layout: tableLayout }));
export type TableLayouts = z.infer<typeof tableLayouts>;

/** What all layouts may take together, as JSON: the shell keeps no more than 100,000 characters of settings. */
const mostChars = 60_000;

/**
 * Files with the same top-level fields have the same shape: FNV-1a over the names, in any order. What is derived does not count, nor
 * do nested paths, which become columns when someone asks for them.
 */
export function shapeOf(columns: readonly ColumnInfo[]): string {
  const names = columns.filter(({ name, derived }) => !derived && !isPath(name)).map(({ name }) => name);
  let hash = 0x811c9dc5;
  for (const character of names.sort().join('\n')) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return `${names.length}-${(hash >>> 0).toString(36)}`;
}

/** The layout of the first of the shapes that has one. */
export function findLayout(layouts: TableLayouts, shapes: readonly string[]): TableLayout | undefined {
  for (const shape of shapes) {
    const found = layouts.find((each) => each.shape === shape);
    if (found) return found.layout;
  }
  return undefined;
}

/** With the layout of a shape; the ones that changed longest ago make room where there is none. */
export function putLayout(layouts: TableLayouts, shape: string, layout: TableLayout): TableLayouts {
  const next = [...layouts.filter((each) => each.shape !== shape), { shape, layout }];
  while (next.length > 1 && JSON.stringify(next).length > mostChars) next.shift();
  return next;
}
