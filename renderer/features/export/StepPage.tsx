import type { ReactNode } from 'react';
import css from './StepPage.module.css';

interface StepPageProps {
  readonly title: string;
  readonly about: string;
  /** At the end of the line. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A step's page: what to do, in a line, and the room for it. */
export function StepPage({ title, about, aside, children }: StepPageProps) {
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h2>{title}</h2>
        <p>{about}</p>
        {aside}
      </header>
      {children}
    </div>
  );
}
