import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './Notice.module.css';

/** A state that fills a pane: what happened, why, and the ways out as its children. */
export function Notice({ title, detail, icon, children }: { title: string; detail?: ReactNode; icon?: ReactNode; children?: ReactNode }) {
  return (
    <div className={css.notice} role="status">
      <span className={css.icon}>{icon ?? <IconAlertTriangle size={20} />}</span>
      <p className={css.title}>{title}</p>
      {detail !== undefined && <p className={css.detail}>{detail}</p>}
      {children !== undefined && <div className={css.ways}>{children}</div>}
    </div>
  );
}
