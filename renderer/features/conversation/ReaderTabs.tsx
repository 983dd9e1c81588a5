import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { tabStep } from '../../ui/key-press.ts';
import css from './ReaderTabs.module.css';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly count?: number;
}

interface ReaderTabsProps<Id extends string> {
  readonly tabs: readonly Tab<Id>[];
  readonly active: Id;
  readonly onTab: (tab: Id) => void;
  /** What stands at the other end of the line. */
  readonly children?: ReactNode;
}

/** Tabs as in the ARIA practices: arrows go from tab to tab and choose at once. */
export function ReaderTabs<Id extends string>({ tabs, active, onTab, children }: ReaderTabsProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = tabStep(event);
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const index = (tabs.findIndex((tab) => tab.id === active) + step + tabs.length) % tabs.length;
    const next = tabs[index];
    if (next === undefined) return;
    onTab(next.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[index]?.focus();
  };
  return (
    <div className={css.bar}>
      <div ref={list} className={css.tabs} role="tablist" aria-label="Reader" onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            className={css.tab}
            aria-selected={tab.id === active}
            tabIndex={tab.id === active ? 0 : -1}
            onClick={() => onTab(tab.id)}
          >
            {tab.title}
            {tab.count !== undefined && <span className={css.count}>{tab.count}</span>}
          </button>
        ))}
      </div>
      <div className={css.tools}>{children}</div>
    </div>
  );
}
