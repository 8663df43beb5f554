import type { Pack } from '../pack.ts';
import { brokerCharset } from './broker-charset.ts';
import { convention } from './convention.ts';

export const naming = {
  'naming/broker-charset': brokerCharset,
  'naming/convention': convention,
} as const satisfies Pack;
