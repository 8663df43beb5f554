import { bool, duration, int, oneOf, size } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { channelAttributes } from '../shared.ts';

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
      doc: 'Partitions, shards or keys; the most consumers that work at once in a group.',
      default: { value: 6, why: 'room to grow without moving keys' },
    }),
    plannedPartitions: int({
      min: 1,
      max: 100_000,
      group: 'Log',
      doc: 'Partitions after the planned growth.',
    }),
    replication: int({
      min: 1,
      max: 100,
      group: 'Durability',
      doc: 'Copies of each partition.',
      default: {
        value: '3; 1 local',
        why: 'survives the loss of one broker while another is down for maintenance',
      },
      brokers: ['kafka'],
    }),
    minInsync: int({
      min: 1,
      max: 100,
      group: 'Durability',
      doc: 'Copies that must have a record before it is confirmed.',
      default: { value: '2; 1 local', why: 'with 1 the leader alone confirms' },
      brokers: ['kafka'],
      source: 'https://kafka.apache.org/documentation/#topicconfigs_min.insync.replicas',
    }),
    uncleanLeaderElection: bool({
      group: 'Durability',
      doc: 'Whether a copy that lags may become leader.',
      default: { value: false, why: 'it loses confirmed records' },
      brokers: ['kafka'],
    }),
    retention: duration({
      group: 'Retention',
      doc: 'How long records are kept.',
      default: { value: '7d on Kafka, 24h on Kinesis', why: 'defaults of the brokers' },
      source: 'https://kafka.apache.org/documentation/#topicconfigs_retention.ms',
    }),
    retentionBytes: size({ group: 'Retention', doc: 'How many bytes are kept in each partition.' }),
    cleanup: oneOf(['delete', 'compact', 'both'], {
      group: 'Retention',
      doc: 'Whether old records are deleted, or only the last of each key is kept.',
      default: { value: 'delete', why: 'default of Kafka' },
      brokers: ['kafka'],
    }),
    maxMessageBytes: size({
      group: 'Limits',
      doc: 'Largest compressed record batch.',
      default: { value: '1048588B', why: 'default of Kafka' },
      brokers: ['kafka'],
    }),
  },
});
