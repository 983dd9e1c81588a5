import { AppError } from '#shared/errors.ts';
import type { ExportProgress } from '#shared/model/export.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import type { TokenTotals, TrainedExample } from '#shared/model/training.ts';
import type { JobOptions } from '../api.ts';
import { isOutOfBounds } from '../chat-template/bounded-interpreter.ts';
import { TimeLimitError } from '../jobs/index.ts';
import { type ChatTools, type Lesson, teach } from './lessons/index.ts';
import { Pace } from './pace.ts';
import { exampleAt, lessonOf, preparedExport } from './plan.ts';
import { totalOf } from './sampling.ts';
import type { ExportSource } from './types.ts';

/** So many are looked at, fewer of long ones: rendering and cutting a few megabytes takes about a second. */
const most = 256;
const fewest = 16;
const mostBytes = 8 << 20;

/**
 * The tokens of all examples. Of more than are looked at those that are spread evenly over all stand for the others, by their bytes.
 * Rows that the template refuses are told, and counted like the others.
 */
export async function totalTokens(
  source: ExportSource,
  recipe: Recipe,
  { tools, job = {} }: { readonly tools: ChatTools; readonly job?: JobOptions<ExportProgress> },
): Promise<TokenTotals | null> {
  const prepared = await preparedExport(source, recipe, job);
  const total = totalOf(prepared.splits, 'length');
  const looked = Math.min(total, Math.max(fewest, Math.min(most, Math.floor((mostBytes * total) / Math.max(1, prepared.bytes)))));
  const pace = new Pace({ ...(job.signal && { signal: job.signal }), ...(job.client && { client: job.client }) });
  const taught: TrainedExample[] = [];
  let bytes = 0;
  for (let i = 0; i < looked; i++) {
    const waiting = pace.turn();
    if (waiting) await waiting;
    const found = exampleAt(prepared, Math.floor(((i + 0.5) * total) / looked));
    const lesson = found && lessonOf(source, prepared, found.example);
    if (!lesson) return null;
    const learnt = taughtOf(lesson, tools);
    if (!learnt) continue;
    taught.push(learnt);
    bytes += found.example.bytes;
  }
  const [first] = taught;
  if (!first) return null;
  const share = taught.length === total ? 1 : prepared.bytes / bytes;
  const summed = (of: 'tokens' | 'trainedTokens'): number =>
    share * taught.reduce((sum, { texts }) => sum + texts.reduce((tokens, text) => tokens + text[of], 0), 0);
  return {
    tokens: summed('tokens'),
    trained: summed('trainedTokens'),
    examples: looked,
    refused: looked - taught.length,
    loss: first.loss,
    tokenizer: taught.every(({ tokenizer }) => tokenizer !== null) ? first.tokenizer : null,
  };
}

/** Undefined where the template or the tokenizer refuses the row. What takes too long would do so again and again. */
function taughtOf(lesson: Lesson, tools: ChatTools): TrainedExample | undefined {
  try {
    return teach(lesson, tools);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'bad-input') throw error;
    const { cause } = error.details;
    if (isOutOfBounds(cause) || cause instanceof TimeLimitError) throw error;
    return undefined;
  }
}
