import { Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconLayersSubtract, IconPackageExport, IconSearch, IconTable } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useDataset } from '../data/dataset-context.tsx';
import { useProblems } from '../data/problems-context.tsx';
import type { Lens } from '../state/view-state.ts';
import { useSteadyView } from '../state/use-view.tsx';
import { formatCount } from '../ui/format.ts';
import { KeyCap } from '../ui/Key.tsx';
import { withKey } from '../ui/key-press.ts';
import type { KeyId } from '../ui/key-table.ts';
import { Logo } from '../ui/Logo.tsx';
import { DatasetMenu } from './DatasetMenu.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { linkPlaceholder } from './palette/use-palette.ts';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import css from './TopBar.module.css';

/** Which file, seen through which lens. */
export const TopBar = memo(function TopBar({
  onClose,
  onSearch,
}: {
  onClose: () => void;
  onSearch: (query?: string, placeholder?: string) => void;
}) {
  const { view, dispatch } = useSteadyView();
  const { state } = useDataset();
  const problems = useProblems().value?.problems.length;

  return (
    <header className={css.bar}>
      <h1 className="rs-sr">Rollscope</h1>
      <Logo />
      <DatasetMenu onClose={onClose} onOpenLink={() => onSearch('', linkPlaceholder)} />
      <span className={css.rule} />
      <nav className={css.tabs} role="tablist" aria-label="Lens">
        <Tab lens="rollouts" icon={<IconTable size={16} />} label="Rollouts" count={state.rows} keyId="lens.rollouts" />
        <Tab lens="groups" icon={<IconLayersSubtract size={16} />} label="Groups" count={state.tasks} keyId="lens.groups" />
        <Tab lens="problems" icon={<IconAlertTriangle size={16} />} label="Problems" count={problems} keyId="lens.problems" />
      </nav>
      <span className={css.push} />
      <button type="button" className={css.search} title="Search and commands" onClick={() => onSearch()}>
        <IconSearch size={14} aria-hidden />
        <span className={css.searchWords}>
          Search<span className={css.long}> text, line, task, command</span>
        </span>{' '}
        <span className={css.searchKeys}>
          <KeyCap id="palette" />
        </span>
      </button>
      <ThemeSwitch className={css.theme ?? ''} />
      <MoreMenu onSaveView={() => onSearch('save this view as ')} />
      <Tooltip label={withKey('Export', 'lens.export')}>
        <Button
          className={css.export ?? ''}
          data-active={view.lens === 'export' || undefined}
          aria-pressed={view.lens === 'export'}
          aria-label="Export"
          leftSection={<IconPackageExport size={16} />}
          onClick={() => dispatch({ type: 'lens', lens: 'export' })}
        >
          <span className={css.word}>Export</span>
        </Button>
      </Tooltip>
    </header>
  );
});

interface TabProps {
  readonly lens: Lens;
  readonly icon: ReactNode;
  readonly label: string;
  readonly count: number | undefined;
  readonly keyId: KeyId;
}

function Tab({ lens, icon, label, count, keyId }: TabProps) {
  const { view, dispatch } = useSteadyView();
  return (
    <button
      type="button"
      role="tab"
      aria-selected={view.lens === lens}
      aria-label={count === undefined ? label : `${label} ${formatCount(count)}`}
      title={withKey(label, keyId)}
      className={css.tab}
      onClick={() => dispatch({ type: 'lens', lens })}
    >
      {icon}
      <span className={css.word}>{label}</span>{' '}
      <span className={css.count} data-lens={lens}>
        {count !== undefined && formatCount(count)}
      </span>
    </button>
  );
}

/** The bar while nothing is open. */
export function EmptyTopBar() {
  return (
    <header className={css.bar}>
      <Logo />
      <b className={css.name}>Rollscope</b>
      <span className={css.push} />
      <ThemeSwitch />
    </header>
  );
}
