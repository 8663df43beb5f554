import * as contracts from '@work-queue/contracts';
import { defineProducer } from '@work-queue/messaging';

export const producers = {
  submit: defineProducer({
    broker: 'work',
    to: { exchange: 'jobs' },
    messages: [contracts.jobRequested],
  }),
};
