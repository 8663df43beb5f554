import type { Pack } from '../pack.ts';
import { consumerOverloaded } from './consumer-overloaded.ts';
import { drainTime } from './drain-time.ts';
import { growth10x } from './growth-10x.ts';
import { hotKey } from './hot-key.ts';
import { inputsDeclared } from './inputs-declared.ts';
import { parallelismCap } from './parallelism-cap.ts';
import { payloadLimit } from './payload-limit.ts';

export const capacity = {
  'capacity/inputs-declared': inputsDeclared,
  'capacity/consumer-overloaded': consumerOverloaded,
  'capacity/growth-10x': growth10x,
  'capacity/drain-time': drainTime,
  'capacity/parallelism-cap': parallelismCap,
  'capacity/payload-limit': payloadLimit,
  'capacity/hot-key': hotKey,
} as const satisfies Pack;
