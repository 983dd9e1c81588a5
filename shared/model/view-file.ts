import { z } from 'zod';

/** How rows are written for the clipboard: with tabs and a line of names, as JSON objects, or the bare values. */
export const copyFormat = z.enum(['tsv', 'json', 'value']);
export type CopyFormat = z.infer<typeof copyFormat>;

/** What the rows and columns of a view are saved as. */
export const viewFormat = z.enum(['csv', 'parquet']);
export type ViewFormat = z.infer<typeof viewFormat>;

export const viewProgress = z.object({ rowsDone: z.int(), rowsTotal: z.int(), bytesWritten: z.int() });
export type ViewProgress = z.infer<typeof viewProgress>;

/** A file that was written. */
export const viewFile = z.object({ name: z.string(), rows: z.int(), bytes: z.int() });
export type ViewFile = z.infer<typeof viewFile>;
