import { z } from 'zod';

/**
 * One value of a table cell. `exact` is a number that float64 cannot hold (an integer beyond 2^53, 1e400), as the file
 * writes it. Objects and arrays travel as `{ json }`, their text shortened.
 */
export const cell = z.union([
  z.null(),
  z.boolean(),
  z.number(),
  z.string(),
  z.object({ exact: z.string() }),
  z.object({ json: z.string() }),
]);
export type Cell = z.infer<typeof cell>;

/** Cells of one column in page order. `absent` holds the indices of rows that lack the field; their value is null. */
export const cellColumn = z.object({ name: z.string(), values: z.array(cell), absent: z.array(z.int()) });
export type CellColumn = z.infer<typeof cellColumn>;
