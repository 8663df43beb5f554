import type { ServiceDefinition } from '../messaging/index.ts';
import { service as analytics } from '../services/analytics/src/service.ts';
import { service as email } from '../services/email/src/service.ts';
import { service as inventory } from '../services/inventory/src/service.ts';
import { service as labels } from '../services/labels/src/service.ts';
import { service as order } from '../services/order/src/service.ts';
import { service as payment } from '../services/payment/src/service.ts';
import { service as shipping } from '../services/shipping/src/service.ts';
import { service as tracking } from '../services/tracking/src/service.ts';
import { service as warehouse } from '../services/warehouse/src/service.ts';

/** All services of the workspace. */
export const services: readonly ServiceDefinition[] = [
  analytics,
  email,
  inventory,
  labels,
  order,
  payment,
  shipping,
  tracking,
  warehouse,
];
