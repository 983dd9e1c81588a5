import { memo } from 'react';
import { ActionIcon } from '@mantine/core';
import { IconPackageExport, IconX } from '@tabler/icons-react';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatExact } from '../../ui/format.ts';
import { conditionWords } from '../../state/words.ts';
import css from './Rail.module.css';

/** Conditions that exports add to the filter: nothing here changes with them. */
export const ExportOnly = memo(function ExportOnly() {
  const { view, dispatch } = useSteadyView();
  const { exportOnly } = view;
  if (exportOnly.length === 0) return null;
  return (
    <section className={css.section} aria-label="For the export only">
      <h2 className={css.title}>For the export only</h2>
      {exportOnly.map((condition) => (
        <p key={condition} className={css.only} title={condition}>
          <IconPackageExport size={14} />
          <span>{sayCondition(condition)}</span>
          <ActionIcon
            aria-label={`Remove ${condition} from the export`}
            onClick={() => dispatch({ type: 'exportOnly', conditions: exportOnly.filter((other) => other !== condition) })}
          >
            <IconX size={12} />
          </ActionIcon>
        </p>
      ))}
    </section>
  );
});

function sayCondition(condition: string): string {
  const words = conditionWords(condition, formatExact);
  return words === null ? condition : `${words.subject} ${words.relation} ${words.value}`;
}
