import { bool, duration, int, object, oneOf, text } from '../attribute.ts';
import { sources } from '../sources.ts';

const kafka = ['kafka'] as const;

const shareParts = {
  lockDuration: duration({
    doc: 'How long a record is held for one member; 15s to 60s.',
    default: { value: '30s', why: 'default of Kafka' },
    source: sources.kafkaShare,
  }),
  deliveryLimit: int({
    min: 1,
    max: 1000,
    unit: 'deliveries',
    doc: 'Deliveries after which the broker gives a record up.',
    default: { value: 5, why: 'default of Kafka' },
    source: sources.kafkaShare,
  }),
  renew: bool({
    doc: 'Whether a handler that runs on extends its lock.',
    default: { value: false, why: 'default of Kafka' },
    source: sources.kafkaShare,
  }),
} as const;

/** Consumer groups, and what only Kafka consumers have. */
export const groupAttributes = {
  group: text({
    group: 'Identity',
    doc: 'Consumer group; the application name on Kinesis.',
    default: { value: '<service>.<consumer>', why: 'each service reads everything' },
    brokers: ['kafka', 'redis', 'kinesis'],
  }),
  groupType: oneOf(['consumer', 'classic', 'share'], {
    group: 'Identity',
    doc: 'Who shares the records: partitions by the new or the classic protocol, or single records in a share group (Kafka 4.2, Java clients only).',
    default: { value: 'consumer', why: 'keeps the order of a partition' },
    brokers: kafka,
    source: sources.kafkaShareClients,
  }),
  groupProtocol: oneOf(['consumer', 'classic'], {
    group: 'Identity',
    doc: 'Rebalance protocol: by the broker (KIP-848, from Kafka 4.0), or by the members.',
    default: { value: 'consumer from 4.0', why: 'a rebalance does not stop every member' },
    brokers: kafka,
    source: sources.kafkaRebalance,
  }),
  groupInstanceId: text({
    group: 'Identity',
    doc: 'Fixed identity of a member; a restart within the session timeout moves no partition.',
    brokers: kafka,
    source: sources.kafkaConsumer,
  }),
  offsetReset: oneOf(['earliest', 'latest'], {
    group: 'Delivery',
    doc: 'Where a new group starts to read.',
    default: { value: 'earliest', why: 'latest skips what was published before' },
    brokers: ['kafka', 'kinesis', 'redis', 'rabbitmq'],
    source: sources.kafkaConsumer,
  }),
  autoCommit: bool({
    group: 'Delivery',
    doc: 'Whether offsets are committed by a timer.',
    default: { value: false, why: 'a timer commits what was not processed' },
    brokers: kafka,
    source: sources.kafkaConsumer,
  }),
  isolation: oneOf(['read_committed', 'read_uncommitted'], {
    group: 'Delivery',
    doc: 'Whether records of open and aborted transactions are seen.',
    default: {
      value: 'read_committed where producers use transactions',
      why: 'aborted records never happened',
    },
    brokers: kafka,
    source: sources.kafkaConsumer,
  }),
  maxPollRecords: int({
    min: 1,
    group: 'Delivery',
    unit: 'records',
    doc: 'Most records of one poll.',
    default: { value: 500, why: 'default of Kafka' },
    brokers: kafka,
    source: sources.kafkaConsumer,
  }),
  maxPollInterval: duration({
    group: 'Delivery',
    doc: 'Longest time between two polls before the group moves on.',
    default: { value: '300s', why: 'default of Kafka' },
    brokers: kafka,
    source: sources.kafkaConsumer,
  }),
  sessionTimeout: duration({
    group: 'Delivery',
    doc: 'Silence after which a member counts as dead; set on the broker with the new protocol.',
    default: { value: '45s', why: 'default of Kafka' },
    brokers: kafka,
    source: sources.kafkaConsumer,
  }),
  share: object(shareParts, {
    group: 'Delivery',
    doc: 'Settings of a share group, from Kafka 4.2.',
    brokers: kafka,
    source: sources.kafkaShare,
  }),
} as const;
