import type { Following, FollowingState } from './index/following.ts';
import type { Source } from './source/index.ts';

/** How a dataset is followed once it has been read, if it is, and kept still while someone goes through its rows. */
export class FollowedDataset {
  /** Resolves when it is not followed, or no longer. */
  readonly ended: Promise<void>;
  private following: Following | undefined;
  private jobs = 0;

  /** `start` answers undefined where nothing is to be followed; it is called when `whole` has resolved. */
  constructor(whole: Promise<void>, start: (isHeld: () => boolean) => Following | undefined) {
    this.ended = whole.then(async () => {
      this.following = start(() => this.jobs > 0);
      await this.following?.ended;
    });
  }

  get state(): FollowingState | undefined {
    return this.following?.state;
  }

  /** Lets no rows come while a job goes through those there are. */
  async still<T>(job: () => Promise<T>): Promise<T> {
    this.jobs++;
    try {
      await this.following?.settled();
      return await job();
    } finally {
      this.jobs--;
    }
  }

  /** Whether opening the files again would give the same rows, with those that are still to be taken in. */
  isCurrent(sources: readonly Source[]): boolean {
    const { following } = this;
    if (following?.isCurrent() === false) return false;
    return sources.every((source) => (following !== undefined && !source.incoming) || source.isCurrent());
  }
}
