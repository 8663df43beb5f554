import { composeEmulator, fauxqs } from '../aws/emulator.ts';
import { defineBroker } from '../broker.ts';
import { emitSqs } from './emit.ts';
import { monitorSqs } from './monitoring.ts';
import { planSqs } from './plan.ts';

export const sqs = {
  ...defineBroker({
    id: 'sqs',
    label: 'SQS',
    supports: { exchanges: 'unsupported', queues: 'native', topics: 'unsupported', streams: 'unsupported' },
    notes: {
      sending:
        'a message is confirmed once SQS keeps it on several servers. Sends go ten at a time; of a batch that fails in part only what failed is sent again.',
      receiving:
        'a message that was received is hidden from others, for as long as the service says that it holds it. What a process that dies has held is seen again after the visibility timeout of its queue.',
      cluster:
        'leave the URL out and run `npm run topology -- apply` with the right to make queues; `brokers/` has IAM policies for the services.',
    },
    plan: planSqs,
    emit: emitSqs,
    compose: (plan) => composeEmulator(fauxqs, plan),
    monitor: monitorSqs,
  }),
  id: 'sqs',
} as const;
