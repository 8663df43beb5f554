import type { Status, WritePlan } from '../../disk/index.ts';
import { type Style, visible } from '../io.ts';

/** The plan for programs. */
export const planValue = ({ out, changes }: WritePlan) => ({
  out,
  files: changes.map(({ path, ownership, status, reason }) => ({ path, ownership, status, reason })),
});

const labels = {
  new: 'new',
  changed: 'changed',
  merged: 'merged with your edits',
  conflict: 'in conflict',
  deleted: 'deleted',
  kept: 'kept for you',
  unchanged: 'unchanged',
} as const satisfies Record<Status, string>;

const ends = {
  write: '',
  check: '\nNothing was written; this was a check.',
  'dry-run': '\nNothing was written; this was a dry run.',
} as const;

/** The numbers of a plan in one line, after the files that need attention. */
export function planSummary(plan: WritePlan, out: string, style: Style, mode: keyof typeof ends): string {
  const attention = plan.changes.filter(({ reason }) => reason !== undefined);
  const stale =
    mode === 'check' ? plan.changes.filter(({ status, reason }) => status !== 'unchanged' && !reason) : [];
  const lines = [
    ...stale.map(({ path, status }) => `${visible(path)}: ${labels[status]}`),
    ...attention.map(({ path, status, reason }) => {
      const label = status === 'conflict' ? style.red('conflict') : style.yellow(labels[status]);
      return `${visible(path)}: ${label}: ${reason}`;
    }),
  ];
  const counts = (Object.keys(labels) as Status[])
    .map(
      (status) => [plan.changes.filter((change) => change.status === status).length, labels[status]] as const,
    )
    .filter(([count]) => count > 0)
    .map(([count, label]) => `${count} ${label}`);
  return [...lines, `${visible(out)}: ${counts.join(', ') || 'no files'}${ends[mode]}`].join('\n');
}
