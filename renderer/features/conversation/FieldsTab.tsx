import { derivedColumns } from '#shared/model/derived.ts';
import type { RolloutDetail } from '#shared/model/rollout.ts';
import { cellText } from './cell-text.ts';
import css from './FieldsTab.module.css';

type Rollout = Extract<RolloutDetail, { kind: 'rollout' }>;

const meanings: ReadonlyMap<string, string> = new Map(derivedColumns.map(({ name, meaning }) => [name, meaning]));

/** Every scalar field of the row as the file has it, then the parameters it was sampled with. */
export function FieldsTab({ detail }: { detail: Rollout }) {
  return (
    <div className={css.fields} tabIndex={0} role="region" aria-label="Metrics">
      <Table caption="Fields of this rollout" rows={detail.fields} />
      {Object.keys(detail.request).length > 0 && (
        <Table caption="Request" rows={Object.entries(detail.request).map(([name, value]) => ({ name, value }))} />
      )}
    </div>
  );
}

function Table({ caption, rows }: { caption: string; rows: Rollout['fields'] }) {
  return (
    <table className={css.table}>
      <caption>{caption}</caption>
      <tbody>
        {rows.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">
              {name}
              {meanings.has(name) && <span className={css.meaning}>{meanings.get(name)}</span>}
            </th>
            <td data-quiet={value === null || undefined} data-number={typeof value === 'number' || undefined}>
              {cellText(value)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
