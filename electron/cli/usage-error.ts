/** The command line itself is wrong: exit code 2. `message` says what is wrong and, where it can, the right spelling. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
