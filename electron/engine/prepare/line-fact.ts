/** Something that is learned of each rollout from its line, in the order of rows. */
export interface LineFact {
  /** Rows it is known of. */
  done: number;
  /** Makes room for so many rows. */
  reserve(rows: number): void;
}
