import type { Pack } from '../pack.ts';
import { ageAlert } from './age-alert.ts';
import { backlogAlert } from './backlog-alert.ts';
import { correlationId } from './correlation-id.ts';
import { dlqAlert } from './dlq-alert.ts';
import { growthNotOnlyLevel } from './growth-not-only-level.ts';

export const monitoring = {
  'monitoring/backlog-alert': backlogAlert,
  'monitoring/age-alert': ageAlert,
  'monitoring/dlq-alert': dlqAlert,
  'monitoring/growth-not-only-level': growthNotOnlyLevel,
  'monitoring/correlation-id': correlationId,
} as const satisfies Pack;
