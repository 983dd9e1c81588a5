import type { ReactNode } from 'react';
import css from './StepPage.module.css';

/** A step's page: what to do, in a line, and the room for it. */
export function StepPage({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h2>{title}</h2>
        <p>{about}</p>
      </header>
      {children}
    </div>
  );
}
