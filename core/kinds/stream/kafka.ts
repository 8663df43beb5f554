import { bool, duration, int, oneOf, size } from '../attribute.ts';
import { sources } from '../sources.ts';

const brokers = ['kafka'] as const;

/** Settings of a Kafka topic. */
export const kafkaStreamAttributes = {
  replication: int({
    min: 1,
    max: 100,
    group: 'Durability',
    unit: 'copies',
    doc: 'Copies of each partition.',
    default: {
      value: '3; 1 local',
      why: 'survives the loss of one broker while another is down for maintenance',
    },
    brokers,
    source: sources.kafkaTopic,
  }),
  minInsync: int({
    min: 1,
    max: 100,
    group: 'Durability',
    unit: 'copies',
    doc: 'Copies that must have a record before it is confirmed.',
    default: { value: '2; 1 local', why: 'with 1 the leader alone confirms' },
    brokers,
    source: 'https://kafka.apache.org/documentation/#topicconfigs_min.insync.replicas',
  }),
  uncleanLeaderElection: bool({
    group: 'Durability',
    doc: 'Whether a copy that lags may become leader.',
    default: { value: false, why: 'it loses confirmed records' },
    brokers,
    source: sources.kafkaLog,
  }),
  cleanup: oneOf(['delete', 'compact', 'both'], {
    group: 'Retention',
    doc: 'Whether old records are deleted, or only the last of each key is kept.',
    default: { value: 'delete', why: 'default of Kafka' },
    brokers,
    source: sources.kafkaTopic,
  }),
  deleteRetention: duration({
    group: 'Retention',
    doc: 'How long a compacted topic keeps the record that says that a key is deleted.',
    default: { value: '24h', why: 'default of Kafka' },
    brokers,
    source: sources.kafkaTopic,
  }),
  maxMessageBytes: size({
    group: 'Limits',
    doc: 'Largest compressed record batch.',
    default: { value: '1048588B', why: 'default of Kafka' },
    brokers,
    source: sources.kafkaLog,
  }),
} as const;
