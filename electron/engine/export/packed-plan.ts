import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#shared/errors.ts';
import { accounting } from '#shared/model/export.ts';
import { recipe } from '#shared/model/recipe.ts';
import type { PreparedExport } from './prepare.ts';
import { type Split, totalOf } from './sampling.ts';
import { settingsOf } from './sections.ts';
import { targetOf } from './targets.ts';
import { ExampleList, Good, startsOf } from './example-list.ts';
import type { ExportSource } from './types.ts';

/**
 * A plan as bytes, to be written elsewhere: a line `rollscope-plan VERSION`, a line of JSON, then for each split the arrays of
 * `columnsOf`, little-endian. It holds row numbers and sizes, nothing of what rollouts say beside the examples of its accounting.
 */
const magic = 'rollscope-plan 1\n';

const file = z.object({ name: z.string(), bytes: z.number(), fingerprint: z.string() });
const header = z.object({
  /** The files that it is a plan of, and the planned inputs beside them that it used. */
  files: z.array(file),
  planned: z.string().nullable(),
  recipe,
  accounting,
  facts: z.object({ seen: z.int(), longest: z.number(), good: z.int(), bad: z.int(), reward: z.string() }),
  splits: z.array(
    z.object({
      name: z.enum(['train', 'validation', 'test']),
      examples: z.int().min(0),
      /** Of all examples together. */
      rows: z.int().min(0),
      hasMargins: z.boolean(),
      hasRewards: z.boolean(),
    }),
  ),
  /** sha256, in hex, of what follows. */
  sha256: z.string(),
});
type Header = z.infer<typeof header>;

/** The plan as bytes: for 1,000,000 rollouts 19 MB. */
export function packPlan(source: ExportSource, plan: PreparedExport): Uint8Array {
  const body = Buffer.concat(plan.splits.flatMap(({ examples }) => packSplit(examples)));
  const described: Header = {
    files: source.files.map(({ name, bytes, fingerprint }) => ({ name, bytes, fingerprint })),
    planned: source.planned?.version ?? null,
    recipe: plan.recipe,
    accounting: plan.accounting,
    facts: plan.facts,
    splits: plan.splits.map(({ name, examples }) => ({
      name,
      examples: examples.length,
      rows: examples.columns.rows.length,
      hasMargins: examples.columns.margins !== undefined,
      hasRewards: examples.columns.rewards !== undefined,
    })),
    sha256: sha256(body),
  };
  return Buffer.concat([Buffer.from(`${magic}${JSON.stringify(header.parse(described))}\n`), body]);
}

/**
 * The plan again. Fails with bad-input where the bytes are no plan of this version, or not whole, and with `changed` where it is
 * of other files than these.
 */
export function unpackPlan(source: ExportSource, packed: Uint8Array): PreparedExport {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const end = bytes.indexOf(10, magic.length);
  if (bytes.toString('latin1', 0, magic.length) !== magic || end < 0) throw noPlan('it is none, or one of another version of the program');
  const parsed = header.safeParse(tryJson(bytes.toString('utf8', magic.length, end)));
  if (!parsed.success) throw noPlan('its beginning cannot be read');
  const { files, planned, recipe: asked, accounting: counts, facts, splits: described, sha256: digest } = parsed.data;
  const body = bytes.subarray(end + 1);
  if (sha256(body) !== digest) throw noPlan('it is damaged, or not whole');
  requireSameFiles(source, files, planned);
  const target = targetOf(asked.target);
  const settings = settingsOf(target.info, asked);
  const reader = new Reader(body);
  const splits = described.map((split): Split => ({ name: split.name, examples: unpackSplit(reader, split, source.index.rowCount) }));
  if (reader.left !== 0 || totalOf(splits, 'length') !== counts.rowsWritten) throw noPlan('its counts do not add up');
  return {
    target,
    settings,
    recipe: asked,
    splits,
    rules: (asked.rules?.exclude ?? []).map((id) => source.rule(id)),
    columns: target.columns(settings, facts.seen),
    accounting: counts,
    bytes: totalOf(splits, 'bytes'),
    facts,
  };
}

function requireSameFiles(source: ExportSource, files: Header['files'], planned: string | null): void {
  const isSame =
    files.length === source.files.length &&
    files.every(({ bytes, fingerprint }, i) => bytes === source.files[i]?.bytes && fingerprint === source.files[i].fingerprint);
  if (isSame && planned === (source.planned?.version ?? null)) return;
  const names = files.map(({ name }) => name).join(', ');
  throw new AppError(
    'changed',
    `This plan was made of ${names} as it was then, or of other files. Plan again with the files that you want to write.`,
  );
}

function packSplit({ columns, length }: ExampleList): Uint8Array[] {
  const { rows, starts, bytes, shapes, goods = new Uint8Array(length), margins, rewards } = columns;
  const lengths = Uint32Array.from(bytes, (_, i) => (starts ? (starts[i + 1] ?? 0) - (starts[i] ?? 0) : 1));
  const arrays = [lengths, rows, bytes, shapes, goods, ...(margins ? [margins] : []), ...(rewards ? [rewards] : [])];
  return arrays.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
}

function unpackSplit(reader: Reader, { examples, rows, hasMargins, hasRewards }: Header['splits'][number], rowCount: number): ExampleList {
  const lengths = reader.take(examples, Uint32Array);
  const numbers = reader.take(rows, Uint32Array);
  const bytes = reader.take(examples, Float64Array);
  const shapes = reader.take(examples, Uint16Array);
  const goods = reader.take(examples, Uint8Array);
  const margins = hasMargins ? reader.take(examples, Float64Array) : undefined;
  const rewards = hasRewards ? reader.take(rows, Float64Array) : undefined;
  if (lengths.reduce((sum, length) => sum + length, 0) !== rows || lengths.includes(0) || numbers.some((row) => row >= rowCount))
    throw noPlan('its rows are not those of the files');
  return new ExampleList({
    rows: numbers,
    starts: rows === examples ? undefined : startsOf(lengths),
    bytes,
    shapes,
    goods: goods.some((good) => good !== Good.unknown) ? goods : undefined,
    margins,
    rewards,
  });
}

type ArrayOf<T> = { new (buffer: ArrayBuffer): T; readonly BYTES_PER_ELEMENT: number };

/** Takes arrays from bytes, one behind another. */
class Reader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get left(): number {
    return this.bytes.length - this.at;
  }

  take<T>(count: number, kind: ArrayOf<T>): T {
    const length = count * kind.BYTES_PER_ELEMENT;
    if (length > this.left) throw noPlan('it is not whole');
    const copy = new Uint8Array(length);
    copy.set(this.bytes.subarray(this.at, this.at + length));
    this.at += length;
    return new kind(copy.buffer);
  }
}

function noPlan(why: string): AppError {
  return new AppError('bad-input', `This is no plan of an export that can be written: ${why}. Plan again.`);
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
