import type { ServiceDefinition } from '../messaging/index.ts';
import { service as web } from '../services/web/src/service.ts';
import { service as worker } from '../services/worker/src/service.ts';

/** All services of the workspace. */
export const services: readonly ServiceDefinition[] = [web, worker];
