import type { Pack } from '../pack.ts';
import { coversOutageAndDrain } from './covers-outage-and-drain.ts';
import { coversReplay } from './covers-replay.ts';
import { declared } from './declared.ts';
import { queueUnbounded } from './queue-unbounded.ts';

export const retention = {
  'retention/declared': declared,
  'retention/covers-replay': coversReplay,
  'retention/covers-outage-and-drain': coversOutageAndDrain,
  'retention/queue-unbounded': queueUnbounded,
} as const satisfies Pack;
