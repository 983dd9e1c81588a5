import { z } from 'zod';
import { optionValue, targetId } from './recipe.ts';

/** One setting of an export: a mapping option of the target or a sampling option that all targets share. */
export const targetOption = z.object({
  key: z.string(),
  step: z.enum(['mapping', 'sampling']),
  title: z.string(),
  help: z.string(),
  /** `fields`: a record of output field to path in the row; on the command line `--set field.NAME=PATH`. */
  kind: z.enum(['choice', 'boolean', 'integer', 'number', 'column', 'fields']),
  choices: z.array(z.object({ value: z.string(), title: z.string() })).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  default: optionValue,
});
export type TargetOption = z.infer<typeof targetOption>;

/** One cell of the grid framework x method. */
export const targetInfo = z.object({
  target: targetId,
  framework: z.object({ id: z.string(), title: z.string(), version: z.string() }),
  method: z.object({ id: z.string(), title: z.string(), about: z.string() }),
  /** What a row becomes, in a line: "messages · parquet". */
  writes: z.string(),
  /** What a rollout must have to be written. */
  needs: z.array(z.string()),
  /** Files of the output folder, with a word on each. */
  files: z.array(z.object({ name: z.string(), about: z.string() })),
  /** The command that trains with them; empty where there is none. */
  command: z.string(),
  notes: z.array(z.string()),
  options: z.array(targetOption),
});
export type TargetInfo = z.infer<typeof targetInfo>;
