import type { ServiceDefinition } from '../messaging/index.ts';
import { service as api } from '../services/api/src/service.ts';

/** All services of the workspace. */
export const services: readonly ServiceDefinition[] = [api];
