import { formatCount } from './format.ts';

export interface CountRow {
  readonly label: string;
  /** Null where it is not known. */
  readonly count: number | null;
}

interface CountTableProps {
  /** Of the column. */
  readonly name: string;
  readonly rows: readonly CountRow[];
  /** Beside a chart it is only for those who do not see the chart. */
  readonly shown: boolean;
}

/** What a chart of a column shows, in numbers. */
export function CountTable({ name, rows, shown }: CountTableProps) {
  return (
    <table className={shown ? undefined : 'rs-sr'}>
      <caption>Rollouts by {name}</caption>
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col">rollouts</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, count }, index) => (
          <tr key={index}>
            <th scope="row">{label}</th>
            <td>{count === null ? '…' : formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
