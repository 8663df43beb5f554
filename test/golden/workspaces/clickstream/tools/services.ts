import type { ServiceDefinition } from '../messaging/index.ts';
import { service as sessions } from '../services/sessions/src/service.ts';
import { service as trends } from '../services/trends/src/service.ts';
import { service as web } from '../services/web/src/service.ts';

/** All services of the workspace. */
export const services: readonly ServiceDefinition[] = [sessions, trends, web];
