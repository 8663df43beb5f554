import type { ServiceDefinition } from '../messaging/index.ts';
import { service as booking } from '../services/booking/src/service.ts';
import { service as ledger } from '../services/ledger/src/service.ts';
import { service as mail } from '../services/mail/src/service.ts';
import { service as refund } from '../services/refund/src/service.ts';

/** All services of the workspace. */
export const services: readonly ServiceDefinition[] = [booking, ledger, mail, refund];
