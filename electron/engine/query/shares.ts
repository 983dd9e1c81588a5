/** The same work; each of its steps yields how far all of it is, from 0 to 1. */
export function* withShare<T>(work: Generator<unknown, T>, share: () => number): Generator<number, T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    yield share();
  }
}

/** The same work; what its steps yield is told. */
export function* told<T>(work: Generator<number, T>, tell: (share: number) => void): Generator<void, T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    tell(step.value);
    yield;
  }
}
