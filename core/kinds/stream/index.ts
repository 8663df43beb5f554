import { duration, int, size } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { channelAttributes } from '../shared.ts';
import { sources } from '../sources.ts';
import { kafkaStreamAttributes } from './kafka.ts';
import { otherStreamAttributes } from './others.ts';

export const stream = defineKind({
  id: 'stream',
  section: 'streams',
  title: 'Stream',
  doc: 'A retained, partitioned log (Kafka topic, Kinesis stream, RabbitMQ stream, Redis stream); each consumer group reads at its own pace.',
  drawn: 'channel',
  attributes: {
    ...channelAttributes,
    partitions: int({
      min: 1,
      max: 100_000,
      group: 'Log',
      unit: 'partitions',
      doc: 'Partitions, shards, keys (Redis) or partitions of a super stream (RabbitMQ); the most consumers that work at once in a group.',
      default: { value: 6, why: 'room to grow without moving keys' },
    }),
    plannedPartitions: int({
      min: 1,
      max: 100_000,
      group: 'Log',
      unit: 'partitions',
      doc: 'Partitions after the planned growth; more partitions move keys.',
    }),
    ...kafkaStreamAttributes,
    retention: duration({
      group: 'Retention',
      doc: 'How long records are kept; at most 365d on Kinesis.',
      default: { value: '7d on Kafka, 24h on Kinesis', why: 'defaults of the brokers' },
      brokers: ['kafka', 'kinesis', 'rabbitmq'],
      source: 'https://kafka.apache.org/documentation/#topicconfigs_retention.ms',
    }),
    retentionBytes: size({
      group: 'Retention',
      doc: 'How many bytes are kept in each partition.',
      default: { value: 'no limit', why: 'default of the brokers; time decides' },
      brokers: ['kafka', 'rabbitmq'],
      source: sources.kafkaServer,
    }),
    ...otherStreamAttributes,
  },
});
