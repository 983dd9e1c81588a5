import { toAppError, type AppError } from '#shared/errors.ts';

/** What is known of a question that keeps changing: the last answer stays while the next one is on its way. */
export interface Answer<T> {
  readonly value: T | undefined;
  readonly error: AppError | null;
  readonly loading: boolean;
}

/**
 * `replace` cancels what is under way and asks anew: right for questions that change now and then.
 * `settle` lets it finish, shows it, then asks the newest question only: under a steady stream (a handle being dragged)
 * cancelling each time would never show an answer at all.
 */
export type Pace = 'replace' | 'settle';

/** Asks the newest of a stream of questions, and tells the newest answer. */
export class Latest<I, T> {
  readonly #ask: (input: I, signal: AbortSignal) => Promise<T>;
  readonly #tell: (answer: Answer<T>) => void;
  readonly #pace: Pace;
  #answer: Answer<T> = { value: undefined, error: null, loading: false };
  #flight: AbortController | null = null;
  #next: { input: I } | null = null;

  constructor(options: { ask: (input: I, signal: AbortSignal) => Promise<T>; tell: (answer: Answer<T>) => void; pace: Pace }) {
    this.#ask = options.ask;
    this.#tell = options.tell;
    this.#pace = options.pace;
  }

  /** Null asks nothing and forgets the answer. */
  want(input: I | null): void {
    if (input === null) {
      this.close();
      this.#set({ value: undefined, error: null, loading: false });
      return;
    }
    if (this.#flight !== null && this.#pace === 'settle') {
      this.#next = { input };
      return;
    }
    this.#flight?.abort();
    void this.#fly(input);
  }

  /** Asks nothing, and gives up what is under way; the answer stays. */
  hold(): void {
    this.close();
    this.#set({ ...this.#answer, loading: false });
  }

  close(): void {
    this.#flight?.abort();
    this.#flight = null;
    this.#next = null;
  }

  async #fly(input: I): Promise<void> {
    const flight = new AbortController();
    this.#flight = flight;
    this.#set({ ...this.#answer, loading: true });
    const answer = await this.#ask(input, flight.signal).then(
      (value): Answer<T> => ({ value, error: null, loading: false }),
      (error: unknown): Answer<T> => ({ value: this.#answer.value, error: toAppError(error), loading: false }),
    );
    if (this.#flight !== flight) return;
    this.#flight = null;
    const next = this.#next;
    this.#next = null;
    if (answer.error?.code !== 'cancelled') this.#set({ ...answer, loading: next !== null });
    if (next !== null) void this.#fly(next.input);
  }

  #set(answer: Answer<T>): void {
    this.#answer = answer;
    this.#tell(answer);
  }
}
