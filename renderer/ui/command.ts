import type { Icon } from '@tabler/icons-react';
import type { KeyId } from './key-table.ts';

/** Something that can be done, by its words: in the palette, and in the menu or on the button of its own. */
export interface Command {
  /** Stable and unique among the commands. */
  readonly id: string;
  /** As the palette says it, where nothing else stands around it. */
  readonly title: string;
  /** As its menu says it, where that is shorter. */
  readonly label?: string;
  /** The value there is now, or what will come of it. */
  readonly detail?: string;
  readonly icon?: Icon;
  readonly key?: KeyId;
  /** Other words it is found by. */
  readonly words?: string;
  /** A column that it is about: it stands under that column, too. */
  readonly column?: string;
  readonly run: () => void;
  /** All that can be done with a thing, that which `run` does first; Tab lists it. */
  readonly more?: readonly Command[];
}
