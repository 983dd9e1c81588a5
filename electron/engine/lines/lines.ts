/** Lines of one file, ascending and close together: line i is bytes [starts[i], ends[i]). */
export interface Lines {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}
