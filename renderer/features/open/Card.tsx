import type { ReactNode } from 'react';
import css from './OpenScreen.module.css';

export function Card({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <section className={css.card}>
      {icon}
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  );
}
