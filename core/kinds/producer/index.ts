import { bool, duration, oneOf, ref, refs, text } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { sources } from '../sources.ts';
import { producerCapacity } from './capacity.ts';
import { kafkaProducerAttributes } from './kafka.ts';
import { rabbitProducerAttributes } from './rabbitmq.ts';

export const producer = defineKind({
  id: 'producer',
  section: 'producers',
  title: 'Producer',
  doc: 'Where a service publishes messages to an exchange, queue, topic or stream.',
  drawn: 'endpoint',
  attributes: {
    service: ref('services', {
      group: 'Identity',
      doc: 'Service that publishes.',
      default: { value: 'a service with the id of the producer', why: 'one box is enough to start with' },
    }),
    channel: ref('channels', { group: 'Identity', doc: 'Channel that it publishes to.' }),
    messages: refs('messages', { group: 'Identity', doc: 'Message types that it publishes.' }),
    ...producerCapacity,
    partitionKey: text({
      group: 'Ordering',
      form: 'JSON pointer',
      doc: 'JSON pointer whose value decides the partition.',
      default: { value: 'the aggregate id', why: 'keeps the events of one entity in order' },
      brokers: ['kafka', 'kinesis', 'redis'],
    }),
    messageGroupId: text({
      group: 'Ordering',
      form: 'JSON pointer',
      doc: 'JSON pointer whose value is the message group of a FIFO queue or topic.',
      default: { value: 'the aggregate id', why: 'keeps the events of one entity in order' },
      brokers: ['sqs', 'sns'],
      source: sources.sqsFifo,
    }),
    dedupId: text({
      group: 'Delivery',
      form: 'JSON pointer',
      doc: 'JSON pointer whose value is the deduplication id of a FIFO queue or topic; it holds for five minutes.',
      default: { value: 'the idempotency key', why: 'the same at every retry of a publish' },
      brokers: ['sqs', 'sns'],
      source: sources.sqsFifo,
    }),
    ...rabbitProducerAttributes,
    ...kafkaProducerAttributes,
    deliveryTimeout: duration({
      group: 'Delivery',
      doc: 'When a send that is not confirmed is reported as failed.',
      default: { value: '30s; 120s on Kafka', why: 'every send settles by its deadline' },
      source: sources.kafkaProducer,
    }),
    retryWindow: duration({
      group: 'Delivery',
      doc: 'How long the sender goes on trying to publish a message again.',
      default: { value: '120s', why: 'rides out the election of a new leader' },
    }),
    handleFailedRecordCount: bool({
      group: 'Delivery',
      doc: 'Whether the records of a batch that failed are sent again.',
      default: { value: true, why: 'PutRecords succeeds although some of its records failed' },
      brokers: ['kinesis'],
      source: sources.kinesisFailed,
    }),
    publishVia: oneOf(['direct', 'outbox', 'cdc', 'transaction'], {
      group: 'Delivery',
      doc: 'Whether messages go out directly or through a table in the same transaction as the data.',
      default: { value: 'direct', why: 'what the runtime does without a database' },
    }),
    writesDatabase: bool({ group: 'Delivery', doc: 'Whether the same operation also writes a database.' }),
    shutdown: oneOf(['flush', 'none'], {
      group: 'Delivery',
      doc: 'Whether a service that stops waits for the confirms of what it has sent.',
      default: { value: 'flush', why: 'a deploy must not lose messages' },
    }),
  },
});
