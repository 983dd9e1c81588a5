import type { Icon } from '@tabler/icons-react';
import type { KeyId } from '../../ui/key-table.ts';

/** Something that can be done, by its words. */
export interface Command {
  /** Stable and unique among the commands. */
  readonly id: string;
  readonly title: string;
  /** The value there is now, or what will come of it. */
  readonly detail?: string;
  readonly icon: Icon;
  readonly key?: KeyId;
  /** Other words it is found by. */
  readonly words?: string;
  readonly run: () => void;
  /** All that can be done with a thing, that which `run` does first; Tab lists it. */
  readonly more?: readonly Command[];
}

export interface Section {
  readonly title: string;
  readonly commands: readonly Command[];
  /** What the words are marked with in the titles. */
  readonly marks: string;
}
