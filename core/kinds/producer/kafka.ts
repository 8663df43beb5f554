import { bool, duration, int, oneOf, size, text } from '../attribute.ts';
import { sources } from '../sources.ts';

const brokers = ['kafka'] as const;

/** Settings of a Kafka producer. */
export const kafkaProducerAttributes = {
  client: text({
    group: 'Delivery',
    form: 'name of the library',
    doc: 'Client library; clients differ in how they choose a partition.',
    default: { value: '@platformatic/kafka', why: 'what is generated' },
    brokers,
  }),
  partitioner: oneOf(['murmur2', 'murmur2_random', 'consistent', 'consistent_random', 'random'], {
    group: 'Ordering',
    doc: 'How a key becomes a partition.',
    default: { value: 'murmur2_random', why: 'the partition that the Java clients choose' },
    brokers,
    source: sources.kafkaPartitioner,
  }),
  acks: oneOf(['all', '1', '0'], {
    group: 'Delivery',
    doc: 'Replicas that must have a record before it is confirmed; `all` means all that are in sync.',
    default: { value: 'all', why: 'anything less loses confirmed records' },
    brokers,
    source: sources.kafkaProducer,
  }),
  idempotence: bool({
    group: 'Delivery',
    doc: 'Whether the broker drops the duplicates of producer retries within one session.',
    default: { value: true, why: 'default since Kafka 3.0' },
    brokers,
    source: sources.kafkaProducer,
  }),
  maxInFlight: int({
    min: 1,
    max: 1000,
    group: 'Delivery',
    unit: 'requests',
    doc: 'Unanswered requests on a connection; at most 5 keep order and idempotence.',
    default: { value: 5, why: 'default of Kafka' },
    brokers,
    source: sources.kafkaProducer,
  }),
  retries: int({
    group: 'Delivery',
    unit: 'attempts',
    doc: 'Retries of a send.',
    default: { value: 'as many as fit into deliveryTimeout', why: 'one limit, and it is a time' },
    brokers,
    source: sources.kafkaProducer,
  }),
  linger: duration({
    group: 'Delivery',
    doc: 'How long a batch waits for more records.',
    default: { value: '5ms', why: 'default since Kafka 4.0' },
    brokers,
    source: sources.kafkaLinger,
  }),
  compression: oneOf(['none', 'gzip', 'snappy', 'lz4', 'zstd'], {
    group: 'Delivery',
    doc: 'How batches are compressed.',
    default: { value: 'lz4', why: 'smaller for little processor time' },
    brokers,
    source: sources.kafkaProducer,
  }),
  maxRequestSize: size({
    group: 'Delivery',
    doc: 'Largest request, and so the largest uncompressed record, that the producer sends.',
    default: { value: '1048576B', why: 'default of the Java client' },
    brokers,
    source: sources.kafkaProducer,
  }),
  transactionalId: text({
    group: 'Delivery',
    doc: 'Identity of the producer across restarts; makes reads and writes on Kafka one transaction.',
    brokers,
    source: sources.kafkaProducer,
  }),
} as const;
