import eventLog from '../examples/event-log.loom.yaml?raw';
import fulfilment from '../examples/fulfilment.loom.yaml?raw';
import naive from '../examples/naive.loom.yaml?raw';
import orders from '../examples/orders.loom.yaml?raw';
import workQueue from '../examples/work-queue.loom.yaml?raw';

/** A design to start from. */
export interface Template {
  readonly summary: string;
  readonly text: string;
}

export const templates = {
  'work-queue': {
    summary: 'One RabbitMQ queue, a team of workers, retries and a dead-letter queue',
    text: workQueue,
  },
  'event-log': {
    summary: 'One Kafka topic that two services read: one in order, one with a retry topic',
    text: eventLog,
  },
  fulfilment: {
    summary: 'Order fulfilment on RabbitMQ: an exchange of each type, six consumers',
    text: fulfilment,
  },
  orders: { summary: 'An e-commerce platform on RabbitMQ and Kafka', text: orders },
  naive: { summary: 'The same as most teams draw it first: a design to review and repair', text: naive },
} as const satisfies Readonly<Record<string, Template>>;
export type TemplateId = keyof typeof templates;
