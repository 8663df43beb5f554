import { defineBroker } from '../broker.ts';
import { composeRabbit } from './compose.ts';
import { emitRabbit } from './emit.ts';
import { monitorRabbit } from './monitoring.ts';
import { planRabbit } from './plan.ts';

export const rabbitmq = {
  ...defineBroker({
    id: 'rabbitmq',
    label: 'RabbitMQ',
    supports: { exchanges: 'native', queues: 'native', topics: 'unsupported', streams: 'unsupported' },
    plan: planRabbit,
    emit: emitRabbit,
    compose: composeRabbit,
    monitor: monitorRabbit,
  }),
  id: 'rabbitmq',
} as const;
