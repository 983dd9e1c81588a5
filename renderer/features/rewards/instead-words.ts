import type { ColumnInfo } from '#shared/model/column.ts';

/** Why another metric is shown than the one that was asked for. */
export function insteadWords(wanted: string, shown: string, columns: readonly ColumnInfo[]): string {
  const found = columns.find(({ name }) => name === wanted);
  const why =
    found === undefined || found.present + found.nulls === 0
      ? `No rollout has ${article(wanted)}`
      : found.present === 0
        ? `${capital(wanted)} is null in every rollout`
        : `${capital(wanted)} is no number`;
  return `${why}: this is ${shown}.`;
}

const article = (name: string): string => (name === 'reward' ? 'a reward' : name);
const capital = (name: string): string => (name === 'reward' ? 'The reward' : name);
