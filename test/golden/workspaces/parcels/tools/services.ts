import type { ServiceDefinition } from '../messaging/index.ts';
import { service as depot } from '../services/depot/src/service.ts';
import { service as notice } from '../services/notice/src/service.ts';
import { service as timeline } from '../services/timeline/src/service.ts';

/** All services of the workspace. */
export const services: readonly ServiceDefinition[] = [depot, notice, timeline];
