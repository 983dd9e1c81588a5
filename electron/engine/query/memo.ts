import type { RowIndex } from '../index/types.ts';

type Capacity<I> = number | ((index: I) => number);

/** A remembered function whose work can be done bit by bit. */
export interface SteppedMemo<I, K, T> {
  /** The result at once, from wherever `steps` has come. */
  (index: I, input: K): T;
  /**
   * The same, yielding now and then. Callers that ask for the same share the work, and what one leaves another goes on with. `tell`: how
   * far it is, from 0 to 1, where the function says that.
   */
  steps(index: I, input: K, tell?: (share: number) => void): Generator<void, T>;
  /** The result where it is there already. */
  peek(index: I, input: K): T | undefined;
}

/** How often something was read that changes though the index does not grow. */
let changingReads = 0;

/**
 * Says that what is being computed has read what `RowIndex.changes` counts: review marks. It is then kept until the next change,
 * and so is what is computed from it; all else outlives a star that is set.
 */
export function noteChanging(): void {
  changingReads++;
}

/** Reads for what will stay true whatever changes. */
export function asUnchanging<T>(read: () => T): T {
  const before = changingReads;
  try {
    return read();
  } finally {
    changingReads = before;
  }
}

/** A result in the making. */
class Pending<T> {
  private outcome: { readonly value: T } | undefined;
  private failure: { readonly error: unknown } | undefined;
  private readsChanging = false;
  /** Undefined where the work does not say. */
  share: number | undefined;
  private readonly work: Generator<void, T>;

  constructor(
    work: (tell: (share: number) => void) => Generator<void, T>,
    private readonly onFailure: () => void,
    private readonly changes: number,
  ) {
    this.work = work((share) => (this.share = share));
  }

  isCurrent(changes: number): boolean {
    return !this.readsChanging || this.changes === changes;
  }

  get done(): { readonly value: T } | undefined {
    if (this.failure) throw this.failure.error;
    if (this.readsChanging) noteChanging();
    return this.outcome;
  }

  advance(): void {
    const before = changingReads;
    try {
      const step = this.work.next();
      if (step.done) this.outcome = { value: step.value };
    } catch (error) {
      this.failure = { error };
      this.onFailure();
    }
    if (changingReads !== before) this.readsChanging = true;
  }
}

/**
 * A function of an index and an input, computed in steps, that keeps its latest `capacity` results until the index grows. Inputs
 * with equal `keyOf` are the same. Results are shared: callers never write to them. Failures are not kept. See noteChanging, too.
 */
export function memoInSteps<I extends RowIndex, K, T>(
  capacity: Capacity<I>,
  compute: (index: I, input: K, tell: (share: number) => void) => Generator<void, T>,
  keyOf: (input: K) => string = String,
): SteppedMemo<I, K, T> {
  const caches = new WeakMap<I, { version: number; results: Map<string, Pending<T>> }>();

  function pending(index: I, input: K): Pending<T> {
    let cache = caches.get(index);
    if (cache?.version !== index.version) {
      cache = { version: index.version, results: new Map() };
      caches.set(index, cache);
    }
    const { results } = cache;
    const key = keyOf(input);
    const held = results.get(key);
    const changes = index.changes ?? 0;
    const found = held?.isCurrent(changes)
      ? held
      : new Pending(
          (tell) => compute(index, input, tell),
          () => results.delete(key),
          changes,
        );
    results.delete(key); // and again at the end: the map's order is that of the latest use
    results.set(key, found);
    const kept = typeof capacity === 'number' ? capacity : capacity(index);
    for (const oldest of results.keys()) {
      if (results.size <= kept) break;
      results.delete(oldest);
    }
    return found;
  }

  function* steps(index: I, input: K, tell?: (share: number) => void): Generator<void, T> {
    const found = pending(index, input);
    for (let done = found.done; ; done = found.done) {
      if (done) return done.value;
      found.advance();
      if (found.share !== undefined) tell?.(found.share);
      yield;
    }
  }

  function atOnce(index: I, input: K): T {
    const found = pending(index, input);
    for (let done = found.done; ; done = found.done) {
      if (done) return done.value;
      found.advance();
    }
  }

  function peek(index: I, input: K): T | undefined {
    const cache = caches.get(index);
    const found = cache?.version === index.version ? cache.results.get(keyOf(input)) : undefined;
    return found?.isCurrent(index.changes ?? 0) ? found.done?.value : undefined;
  }

  return Object.assign(atOnce, { steps, peek });
}

/** The same of a function that takes little time. */
export function memo<I extends RowIndex, K, T>(
  capacity: Capacity<I>,
  compute: (index: I, input: K) => T,
  keyOf: (input: K) => string = String,
): (index: I, input: K) => T {
  return memoInSteps(capacity, inOneStep(compute), keyOf);
}

function inOneStep<I, K, T>(compute: (index: I, input: K) => T): (index: I, input: K) => Generator<void, T> {
  return function* (index, input) {
    const result = compute(index, input);
    yield;
    return result;
  };
}

/** What is computed from the index alone, kept until it grows. */
export function untilGrown<I extends RowIndex, T>(compute: (index: I) => T): (index: I) => T {
  const remember = memo<I, string, T>(1, compute);
  return (index) => remember(index, '');
}

/** Memory that the results of one memo may take, in bytes. */
const budgetBytes = 128 * 2 ** 20;

/** A capacity for results that take so many bytes a row: as many as the budget holds, from 2 to 64. */
export function bytesPerRow(bytes: number): (index: RowIndex) => number {
  return ({ rowCount }) => Math.min(64, Math.max(2, Math.floor(budgetBytes / (bytes * Math.max(1, rowCount)))));
}
