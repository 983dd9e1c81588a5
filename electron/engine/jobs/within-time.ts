import vm from 'node:vm';

/** Something took longer than it may. */
export class TimeLimitError extends Error {
  constructor(readonly limitMs: number) {
    super(`takes longer than ${Math.round(limitMs)} ms`);
    this.name = 'TimeLimitError';
  }
}

const slot = Symbol.for('rollscope.within-time');
/** V8 stops what a script has called when the script's time is over: also a regular expression, which looks at no clock of ours. */
const script = new vm.Script(`globalThis[Symbol.for('rollscope.within-time')]()`, { filename: 'within-time' });

/**
 * Does what may never end, and stops it after `limitMs`: regular expressions and interpreters of files that users choose. Fails with
 * TimeLimitError then, and as the work does. It costs a tenth of a millisecond. What the work was changing may be half changed.
 */
export function withinTime<T>(limitMs: number, work: () => T): T {
  let done: { readonly value: T } | undefined;
  const outer: unknown = Reflect.get(globalThis, slot);
  Reflect.set(globalThis, slot, () => {
    done = { value: work() };
  });
  try {
    script.runInThisContext({ timeout: Math.max(1, Math.ceil(limitMs)) });
  } catch (error) {
    if (isTimeout(error)) throw new TimeLimitError(limitMs);
    throw error;
  } finally {
    Reflect.set(globalThis, slot, outer);
  }
  if (!done) throw new TimeLimitError(limitMs);
  return done.value;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
