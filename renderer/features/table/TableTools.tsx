import { memo } from 'react';
import type { Query } from '#shared/model/query.ts';
import { ColumnChooser } from './ColumnChooser.tsx';
import { TableMenu } from './TableMenu.tsx';
import type { Columns } from './use-columns.ts';
import type { Copy } from './use-copy.ts';
import css from './TableTools.module.css';

interface TableToolsProps {
  readonly columns: Columns;
  readonly query: Query;
  readonly copy: Copy;
  readonly total: number;
}

/** At the right end of the heads: which columns, and what to take along. */
export const TableTools = memo(function TableTools({ columns, query, copy, total }: TableToolsProps) {
  return (
    <div className={css.tools}>
      <ColumnChooser columns={columns} />
      <TableMenu columns={columns} query={query} copy={copy} total={total} />
    </div>
  );
});
