import type { ServiceDefinition } from '../messaging/index.ts';
import { service as accounts } from '../services/accounts/src/service.ts';
import { service as billing } from '../services/billing/src/service.ts';
import { service as search } from '../services/search/src/service.ts';

/** All services of the workspace. */
export const services: readonly ServiceDefinition[] = [accounts, billing, search];
