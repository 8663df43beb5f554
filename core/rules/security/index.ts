import type { Pack } from '../pack.ts';
import { defaultCredentials } from './default-credentials.ts';

export const security = {
  'security/default-credentials': defaultCredentials,
} as const satisfies Pack;
