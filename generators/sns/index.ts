import { composeEmulator, fauxqs } from '../aws/emulator.ts';
import { defineBroker } from '../broker.ts';
import { emitSns } from './emit.ts';
import { planSns } from './plan.ts';

export const sns = {
  ...defineBroker({
    id: 'sns',
    label: 'SNS',
    supports: { exchanges: 'unsupported', queues: 'unsupported', topics: 'native', streams: 'unsupported' },
    notes: {
      sending:
        'a message is confirmed once SNS has it, and then delivered to each queue that subscribes, with attempts for 23 days. SNS takes a message that nobody subscribes to without a word: `npm run topology -- verify` tells.',
      receiving: 'nobody reads a topic; its queues are read.',
      cluster:
        'leave the URL out and run `npm run topology -- apply` with the right to make topics; `brokers/` has IAM policies for the services.',
    },
    plan: planSns,
    emit: emitSns,
    compose: (plan) => composeEmulator(fauxqs, plan, plan.queueBrokers),
    monitor: () => ({
      scrapes: [],
      // A topic keeps nothing that could be counted.
      backlog: () => undefined,
      deadLetters: () => undefined,
      timeToLoss: () => undefined,
      rules: [],
      panels: [],
    }),
  }),
  id: 'sns',
} as const;
