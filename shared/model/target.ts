import { z } from 'zod';
import { optionValue, targetId, type OptionValue } from './recipe.ts';

/** That an option has one of the values. */
const optionTest = z.object({ key: z.string(), values: z.array(z.string()) });

/** One setting of an export: a mapping option of the target or a sampling option that targets of its kind share. */
export const targetOption = z.object({
  key: z.string(),
  step: z.enum(['mapping', 'sampling']),
  title: z.string(),
  help: z.string(),
  /** `fields`: a record of output field to path in the row; on the command line `--set field.NAME=PATH`. `text` may be empty. */
  kind: z.enum(['choice', 'boolean', 'integer', 'number', 'column', 'text', 'fields']),
  /** `needs`: a file that recipes name by its sha256. */
  choices: z.array(z.object({ value: z.string(), title: z.string(), needs: z.literal('tokenizer').optional() })).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  /** What 0 asks for, in words: "no limit". */
  zero: z.string().optional(),
  /**
   * It matters only where the option `key`, if that matters itself, has one of the values (`true`, `false` of a boolean; of fields, where one
   * is filled from something of that name): forms leave it out elsewhere.
   */
  when: optionTest.optional(),
  /**
   * It does nothing while each of these options has one of the values, or does nothing itself, or another option has what `or` says: forms
   * leave it out then.
   */
  idle: z.array(optionTest.extend({ or: optionTest.optional() })).optional(),
  /** Its value is a length in tokens, 0 for none: a plan counts the examples that are over it. */
  isLength: z.boolean().optional(),
  default: optionValue,
});
export type TargetOption = z.infer<typeof targetOption>;

/** The value of an option, or undefined. */
type ValueOf = (option: TargetOption) => OptionValue | undefined;

/** Whether an option matters with the others as they are. */
export function isInForce(options: readonly TargetOption[], { when, idle = [] }: TargetOption, valueOf: ValueOf): boolean {
  const isOne = ({ key, values }: { readonly key: string; readonly values: readonly string[] }): boolean | undefined => {
    const other = options.find((option) => option.key === key);
    if (other === undefined || !isInForce(options, other, valueOf)) return undefined;
    const value = valueOf(other);
    return typeof value === 'object' ? isFilledFrom(value, values) : values.includes(String(value));
  };
  if (when !== undefined && isOne(when) !== true) return false;
  return idle.length === 0 || !idle.every((each) => (isOne(each) ?? true) || (each.or !== undefined && isOne(each.or) === true));
}

function isFilledFrom(fields: Readonly<Record<string, string>>, names: readonly string[]): boolean {
  return Object.values(fields).some((source) => names.some((name) => new RegExp(`\\b${name}\\b`).test(source)));
}

/** Whether rows are counted with a tokenizer. */
export function needsTokenizer(options: readonly TargetOption[], valueOf: ValueOf): boolean {
  return options.some(
    (option) =>
      option.choices?.some(({ value, needs }) => needs === 'tokenizer' && value === valueOf(option)) === true &&
      isInForce(options, option, valueOf),
  );
}

/** The methods of training, as columns of the grid. */
export const gridColumns = [
  { id: 'sft', title: 'SFT', about: 'one row per good rollout' },
  { id: 'dpo', title: 'DPO pairs', about: 'chosen and rejected siblings' },
  { id: 'kto', title: 'KTO', about: 'every rollout, good or bad' },
  { id: 'rm', title: 'Reward model', about: 'pairs, scored' },
  { id: 'rl', title: 'GRPO / RL prompts', about: 'one row per task' },
] as const;
export const gridColumn = z.enum(['sft', 'dpo', 'kto', 'rm', 'rl']);
export type GridColumn = z.infer<typeof gridColumn>;

/** One target: what a framework reads for a method. */
export const targetInfo = z.object({
  target: targetId,
  framework: z.object({ id: z.string(), title: z.string(), version: z.string() }),
  method: z.object({ id: z.string(), title: z.string(), about: z.string() }),
  /** Cells of the grid framework x method that it stands in, and the options that make it fit there. */
  cells: z.array(z.object({ column: gridColumn, options: z.record(z.string(), optionValue).optional() })),
  /** What a row becomes, in a line: "messages · parquet". */
  writes: z.string(),
  /** What a rollout must have to be written. */
  needs: z.array(z.string()),
  /** Files of the output folder, with a word on each. */
  files: z.array(z.object({ name: z.string(), about: z.string() })),
  /** The command that trains with them; empty where there is none. */
  command: z.string(),
  notes: z.array(z.string()),
  /** Tokens beyond which the trainer cuts or drops rows without a word, unless it is told otherwise: what is written tells it. */
  cutsAt: z.int().optional(),
  options: z.array(targetOption),
});
export type TargetInfo = z.infer<typeof targetInfo>;
