import bookings from './bookings.loom.yaml?raw';
import cdcPipeline from './cdc-pipeline.loom.yaml?raw';
import clickstream from './clickstream.loom.yaml?raw';
import delayedRetry from './delayed-retry.loom.yaml?raw';
import eCommerce from './e-commerce.loom.yaml?raw';
import eventLog from './event-log.loom.yaml?raw';
import fanOut from './fan-out.loom.yaml?raw';
import fulfilment from './fulfilment.loom.yaml?raw';
import iotIngest from './iot-ingest.loom.yaml?raw';
import ledger from './ledger.loom.yaml?raw';
import naive from './naive.loom.yaml?raw';
import orderJourney from './order-journey.loom.yaml?raw';
import orderedPerCustomer from './ordered-per-customer.loom.yaml?raw';
import orders from './orders.loom.yaml?raw';
import parcels from './parcels.loom.yaml?raw';
import requestReply from './request-reply.loom.yaml?raw';
import saga from './saga.loom.yaml?raw';
import streamReplay from './stream-replay.loom.yaml?raw';
import thumbnails from './thumbnails.loom.yaml?raw';
import workQueue from './work-queue.loom.yaml?raw';

/** A design to start from. */
export interface Template {
  readonly title: string;
  /** What it is for, in one line. */
  readonly summary: string;
  /** Other words that people look for it by. */
  readonly keywords: readonly string[];
  /** Holds faults on purpose, to be found by the review; all others have no findings. */
  readonly exercise?: true;
  readonly text: string;
}

const ids = [
  'e-commerce',
  'work-queue',
  'fan-out',
  'stream-replay',
  'ordered-per-customer',
  'delayed-retry',
  'request-reply',
  'ledger',
  'saga',
  'cdc-pipeline',
  'iot-ingest',
  'event-log',
  'parcels',
  'thumbnails',
  'clickstream',
  'bookings',
  'fulfilment',
  'orders',
  'order-journey',
  'naive',
] as const;
export type TemplateId = (typeof ids)[number];

/** Every design of this folder; one that is listed and not described does not compile. */
export const templates = {
  'e-commerce': {
    title: 'E-commerce',
    summary: 'One order, four services: a topic tells them, queues share the work, a log keeps the history',
    keywords: ['shop', 'order', 'queue', 'topic', 'stream', 'replay'],
    text: eCommerce,
  },
  'work-queue': {
    title: 'Work queue',
    summary: 'One queue, a team of workers, retries and a dead-letter queue',
    keywords: ['jobs', 'tasks', 'competing consumers', 'workers'],
    text: workQueue,
  },
  'fan-out': {
    title: 'Fan-out',
    summary: 'One event, a queue for each service that needs to know',
    keywords: ['publish subscribe', 'broadcast', 'fanout exchange', 'notifications'],
    text: fanOut,
  },
  'stream-replay': {
    title: 'Stream with replay',
    summary: 'A log that late subscribers read from its start, as often as they need',
    keywords: ['history', 'audit', 'event sourcing', 'retention'],
    text: streamReplay,
  },
  'ordered-per-customer': {
    title: 'Ordered per customer',
    summary: 'What happens to one customer is handled in turn, customers beside each other',
    keywords: ['ordering', 'partition key', 'per key'],
    text: orderedPerCustomer,
  },
  'delayed-retry': {
    title: 'Delayed retry',
    summary: 'Calls that fail wait longer each time, while the others go on',
    keywords: ['backoff', 'webhook', 'http', 'dead letter'],
    text: delayedRetry,
  },
  'request-reply': {
    title: 'Request and reply',
    summary: 'A question over a queue, and the answer in a queue of its own',
    keywords: ['rpc', 'correlation', 'timeout', 'call'],
    text: requestReply,
  },
  ledger: {
    title: 'Outbox and inbox',
    summary: 'Data and event commit together, and each event has one committed effect',
    keywords: ['transactional outbox', 'exactly once', 'idempotency', 'database', 'postgres'],
    text: ledger,
  },
  saga: {
    title: 'Saga by choreography',
    summary: 'Each service does its part, says so, and undoes it when a later part fails',
    keywords: ['compensation', 'distributed transaction', 'booking'],
    text: saga,
  },
  'cdc-pipeline': {
    title: 'CDC pipeline',
    summary: 'Every committed change of a table, in order, for search and warehouse',
    keywords: ['change data capture', 'database', 'replication'],
    text: cdcPipeline,
  },
  'iot-ingest': {
    title: 'IoT ingest',
    summary: 'Twenty thousand readings a second, stored and watched at different paces',
    keywords: ['sensors', 'telemetry', 'devices', 'high volume'],
    text: iotIngest,
  },
  'event-log': {
    title: 'Event log',
    summary: 'One log that two services read: one in order, one with a retry topic',
    keywords: ['accounts', 'retry topic'],
    text: eventLog,
  },
  parcels: {
    title: 'Parcel tracking',
    summary: 'One Redis stream that two services read: one in order, one with retries set aside',
    keywords: ['redis streams', 'consumer group', 'ordering'],
    text: parcels,
  },
  thumbnails: {
    title: 'Celery workers',
    summary: 'An API in TypeScript sends tasks, workers in Python do them, Redis carries them',
    keywords: ['celery', 'python', 'tasks', 'redis', 'background jobs'],
    text: thumbnails,
  },
  clickstream: {
    title: 'Clickstream',
    summary: 'One Kinesis stream that two services read: sessions in order, trends with retries set aside',
    keywords: ['kinesis', 'aws', 'shards', 'analytics', 'ordering'],
    text: clickstream,
  },
  bookings: {
    title: 'Bookings on AWS',
    summary:
      'One SNS topic, three SQS queues: one in the order of each customer, one for what a filter lets through',
    keywords: ['sns', 'sqs', 'fifo', 'filter policy', 'fan-out'],
    text: bookings,
  },
  fulfilment: {
    title: 'Order fulfilment',
    summary: 'An exchange of each type, six consumers',
    keywords: ['direct', 'topic', 'fanout', 'headers', 'routing'],
    text: fulfilment,
  },
  orders: {
    title: 'Order platform',
    summary: 'The whole of a shop: nine services on two brokers, the history in a log',
    keywords: ['shop', 'large'],
    text: orders,
  },
  'order-journey': {
    title: 'Journey of an order',
    summary:
      'Kafka, RabbitMQ, SNS and SQS, Redis Streams and Celery in one system, each for what it is good at',
    keywords: ['kafka', 'rabbitmq', 'sns', 'sqs', 'redis streams', 'celery', 'mixed'],
    text: orderJourney,
  },
  naive: {
    title: 'A design to repair',
    summary: 'The order platform as most teams draw it first, for the review to take apart',
    keywords: ['exercise', 'review', 'faults'],
    exercise: true,
    text: naive,
  },
} as const satisfies Record<TemplateId, Template>;

/** All templates in the order of the gallery. */
export const templateList: readonly (Template & { readonly id: TemplateId })[] = ids.map((id) => ({
  id,
  ...templates[id],
}));
