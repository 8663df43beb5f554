import { defineBroker } from '../broker.ts';
import { composeKafka } from './compose.ts';
import { emitKafka } from './emit.ts';
import { monitorKafka } from './monitoring.ts';
import { planKafka } from './plan.ts';

export const kafka = {
  ...defineBroker({
    id: 'kafka',
    label: 'Kafka',
    supports: { exchanges: 'unsupported', queues: 'unsupported', topics: 'unsupported', streams: 'native' },
    notes: {
      sending:
        'a record is confirmed once all copies in sync have it. Records of one key go to one partition; one batch is under way to each partition, so a repeated one is not overtaken.',
      receiving:
        'a group moves its offset past a record once this and every one before it in the partition is settled, so a crash repeats the records behind the first unsettled one. Other groups are not touched by that.',
      cluster:
        'run `npm run topology -- apply` as a user who may create topics and rights, without the limit of copies in `.env`.',
    },
    plan: planKafka,
    emit: emitKafka,
    compose: composeKafka,
    monitor: monitorKafka,
  }),
  id: 'kafka',
} as const;
