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
    plan: planKafka,
    emit: emitKafka,
    compose: composeKafka,
    monitor: monitorKafka,
  }),
  id: 'kafka',
} as const;
