import { IconAlertTriangleFilled, IconInfoCircle, IconX } from '@tabler/icons-react';
import type { Severity } from '../../core/review/index.ts';

const icons = {
  error: <IconX size={15} stroke={2.6} color="var(--err)" aria-label="Error" />,
  warn: <IconAlertTriangleFilled size={14} color="var(--warn)" aria-label="Warning" />,
  info: <IconInfoCircle size={15} color="var(--dim)" aria-label="Remark" />,
} as const satisfies Record<Severity, unknown>;

/** How bad a finding is, by shape and colour, and by name to a screen reader. */
export const SeverityIcon = ({ severity }: { readonly severity: Severity }) => icons[severity];
