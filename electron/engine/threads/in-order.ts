/**
 * Starts work ahead, at most `ahead` pieces at a time, and gives the answers in the order in which it was asked, however they
 * come. Ends at the first that fails, when its turn comes.
 */
export async function* inOrder<Q, A>(asked: Iterable<Q>, start: (question: Q) => Promise<A>, ahead: number): AsyncGenerator<[Q, A], void> {
  const running: { question: Q; answer: Promise<A> }[] = [];
  const begin = (question: Q): void => {
    const answer = start(question);
    // A failure is met when its turn comes; until then it is not unhandled.
    answer.catch(() => undefined);
    running.push({ question, answer });
  };
  for (const question of asked) {
    begin(question);
    if (running.length < ahead) continue;
    const oldest = running.shift();
    if (oldest) yield [oldest.question, await oldest.answer];
  }
  for (const { question, answer } of running) yield [question, await answer];
}
