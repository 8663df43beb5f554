import type { Pack } from '../pack.ts';
import { unroutableHandled } from './unroutable-handled.ts';

export const rabbitmq = {
  'rabbitmq/unroutable-handled': unroutableHandled,
} as const satisfies Pack;
