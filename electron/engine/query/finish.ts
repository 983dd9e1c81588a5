/** Does at once what could be done bit by bit. */
export function finish<T>(work: Generator<unknown, T>): T {
  while (true) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
