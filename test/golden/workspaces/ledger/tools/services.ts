import type { ServiceDefinition } from '../messaging/index.ts';
import { service as ledger } from '../services/ledger/src/service.ts';
import { service as shop } from '../services/shop/src/service.ts';

/** All services of the workspace. */
export const services: readonly ServiceDefinition[] = [ledger, shop];
