import { awsProducers } from '../aws/producer.ts';
import { producerRefusals } from './settings.ts';

export const planProducer = awsProducers({
  section: 'queues',
  elsewhere: ['sends to no queue of SQS.', 'Connect it to a queue.'],
  refusals: producerRefusals,
  to: (queue) => ({ queue }),
});
