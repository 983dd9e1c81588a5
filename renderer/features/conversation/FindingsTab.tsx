import { IconCircleCheck } from '@tabler/icons-react';
import type { Finding } from '#shared/model/problem.ts';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import css from './FindingsTab.module.css';

/** What the rules found in this rollout, and where in it. */
export function FindingsTab({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) {
    return (
      <p className={css.none}>
        <IconCircleCheck size={20} aria-hidden /> Nothing was found wrong with this rollout.
      </p>
    );
  }
  return (
    <ul className={css.findings} aria-label="Problems of this rollout">
      {findings.map((finding, index) => (
        <li key={index}>
          <SeverityIcon severity={finding.severity} />
          <div>
            <p>{finding.message}</p>
            <code>
              {finding.rule}
              {finding.at !== undefined && ` at ${finding.at}`}
            </code>
          </div>
        </li>
      ))}
    </ul>
  );
}
