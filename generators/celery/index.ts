import { defineBroker } from '../broker.ts';
import { composeCelery } from './compose.ts';
import { emitCelery } from './emit.ts';
import { monitorCelery } from './monitoring.ts';
import { planCelery } from './plan.ts';

export const celery = {
  ...defineBroker({
    id: 'celery',
    label: 'Celery',
    supports: { exchanges: 'unsupported', queues: 'native', topics: 'unsupported', streams: 'unsupported' },
    notes: {
      sending:
        'a task is confirmed by the broker that carries it: once Redis has answered, or RabbitMQ has confirmed it. With Redis a queue that nobody reads is no error, since lists are made by use.',
      receiving:
        'workers are Python programs in `workers/`. A task is acknowledged after its effect; what a process that dies holds is handed out again, on Redis after the visibility timeout.',
      cluster: 'the queues are those of the broker that carries the tasks; what holds there holds here.',
    },
    plan: planCelery,
    emit: emitCelery,
    compose: composeCelery,
    monitor: monitorCelery,
  }),
  id: 'celery',
} as const;
