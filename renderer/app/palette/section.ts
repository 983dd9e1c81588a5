import type { Command } from '../../ui/command.ts';

/** Commands under a heading. */
export interface Section {
  readonly title: string;
  readonly commands: readonly Command[];
  /** What the words are marked with in the titles. */
  readonly marks: string;
}
