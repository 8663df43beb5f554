import { defineBroker } from '../broker.ts';
import { composeRedis } from './compose.ts';
import { emitRedis } from './emit.ts';
import { monitorRedis } from './monitoring.ts';
import { planRedis } from './plan.ts';

export const redis = {
  ...defineBroker({
    id: 'redis',
    label: 'Redis Streams',
    supports: { exchanges: 'unsupported', queues: 'unsupported', topics: 'unsupported', streams: 'native' },
    notes: {
      sending:
        'an entry is confirmed once Redis has it in memory and has handed it to its append-only file. With `appendfsync everysec` a crash may lose the last second of what was confirmed; with `always` it does not.',
      receiving:
        'each group acknowledges entry by entry, in batches. What a process that dies has read is taken over by another one after the time that `brokers/` names for its group.',
      cluster:
        'run `npm run topology -- apply` as a user who may use all keys. Redis Cluster and Sentinel are not supported.',
    },
    plan: planRedis,
    emit: emitRedis,
    compose: composeRedis,
    monitor: monitorRedis,
  }),
  id: 'redis',
} as const;
