import { AppError } from '#shared/errors.ts';
import { type Client, Turns } from './turns.ts';

/** All long work of a thread goes by these. */
const turns = new Turns();
/** Work that nobody in particular asked for. */
const nobody: Client = {};

/** Runs a job that yields, in slices of the client's turns; undefined where `isStopped` said so before its end. */
export function inSlices<T>(job: Generator<void, T>, isStopped: () => boolean = () => false, client = nobody): Promise<T | undefined> {
  return turns.run(job, isStopped, client);
}

/** Resolves when the client has its next turn, for `sliceMs`. */
export function nextTurn(client = nobody): Promise<void> {
  return turns.next(client);
}

export { aborted } from './aborted.ts';
export { RateMeter } from './rate-meter.ts';
export { type Client, sliceMs } from './turns.ts';
export { TimeLimitError, withinTime } from './within-time.ts';

/** The same for a call: one that is told to stop fails with AppError `cancelled`. */
export async function answerInSlices<T>(
  job: Generator<void, T>,
  { signal, client }: { signal?: AbortSignal; client?: object },
): Promise<T> {
  const answer = await inSlices(job, () => signal?.aborted === true, client);
  if (answer === undefined) throw new AppError('cancelled', 'Cancelled.');
  return answer;
}
