import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { Severity } from '#shared/model/problem.ts';
import css from './SeverityIcon.module.css';

const icons = { error: IconAlertOctagon, warning: IconAlertTriangle, note: IconInfoCircle } as const;

/** Each severity has a shape of its own beside its colour. */
export function SeverityIcon({ severity, size = 16, label = severity }: { severity: Severity; size?: number; label?: string }) {
  const Icon = icons[severity];
  return <Icon size={size} className={css[severity]} role="img" aria-label={label} />;
}
