import { defineBroker } from '../broker.ts';
import { composeRabbit } from './compose.ts';
import { emitRabbit } from './emit.ts';
import { monitorRabbit } from './monitoring.ts';
import { planRabbit } from './plan.ts';

export const rabbitmq = {
  ...defineBroker({
    id: 'rabbitmq',
    label: 'RabbitMQ',
    supports: { exchanges: 'native', queues: 'native', topics: 'unsupported', streams: 'native' },
    notes: {
      sending: 'a message that no queue takes is an error.',
      receiving: 'a queue forgets a message once it is acknowledged.',
      cluster: 'import the definitions.',
    },
    plan: planRabbit,
    emit: emitRabbit,
    compose: composeRabbit,
    monitor: monitorRabbit,
  }),
  id: 'rabbitmq',
} as const;
