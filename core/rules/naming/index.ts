import type { Pack } from '../pack.ts';
import { brokerCharset } from './broker-charset.ts';

export const naming = {
  'naming/broker-charset': brokerCharset,
} as const satisfies Pack;
