import { bool, duration, int, object, oneOf, ref, size, text } from '../attribute.ts';
import { brokerKinds } from '../brokers.ts';
import { defineKind } from '../kind.ts';
import { sources } from '../sources.ts';
import { rabbitAttributes } from './rabbitmq.ts';
import { redisAttributes } from './redis.ts';

const authParts = {
  mode: text({
    form: 'mechanism such as `plain`, `scram` or `iam`',
    doc: 'How clients prove who they are.',
    default: {
      value: 'none for local; plain with generated users and secrets on RabbitMQ',
      why: 'the generated compose listens on loopback only',
    },
    source: sources.rabbitAccess,
  }),
  secretRef: text({ doc: 'Name of the secret; never the secret itself.' }),
} as const;

export const broker = defineKind({
  id: 'broker',
  section: 'brokers',
  title: 'Broker',
  doc: 'A message broker: one Kafka or RabbitMQ cluster, one AWS account and region, one Redis.',
  drawn: 'group',
  attributes: {
    kind: oneOf(brokerKinds, { required: true, group: 'Identity', doc: 'Which product it is.' }),
    version: text({
      group: 'Identity',
      form: 'version such as `4.3`',
      doc: 'Version of the broker; decides which features are used and which rules apply.',
      default: {
        value: 'kafka 4.2, rabbitmq 4.3, redis 8.2, celery 5.6',
        why: 'the versions of the generated compose file',
      },
      brokers: ['kafka', 'rabbitmq', 'redis', 'celery'],
    }),
    nodes: int({
      min: 1,
      max: 1000,
      group: 'Cluster',
      unit: 'nodes',
      doc: 'Number of nodes.',
      default: { value: '1 local, 3 otherwise', why: 'a quorum needs three' },
      brokers: ['kafka', 'rabbitmq', 'redis'],
    }),
    region: text({ group: 'Cluster', doc: 'AWS region.', brokers: ['sqs', 'sns', 'kinesis'] }),
    account: text({ group: 'Cluster', doc: 'AWS account.', brokers: ['sqs', 'sns', 'kinesis'] }),
    transport: ref('brokers', {
      group: 'Cluster',
      form: 'id of a RabbitMQ, Redis or SQS broker',
      doc: 'Broker that carries the tasks of Celery.',
      brokers: ['celery'],
      source: sources.celeryRedis,
    }),
    emulator: text({
      group: 'Cluster',
      form: 'container image',
      doc: 'Image that stands for the broker in the generated compose file.',
      default: {
        value: 'the official image in the given version; fauxqs from npm for SQS and SNS',
        why: 'each runs without an account or a licence key',
      },
    }),
    tls: bool({
      group: 'Security',
      doc: 'Whether clients connect with TLS.',
      default: { value: 'off for local', why: 'the generated compose listens on loopback only' },
    }),
    auth: object(authParts, {
      group: 'Security',
      doc: 'How clients authenticate, and where the secret is kept; never the secret itself.',
    }),
    maxMessageSize: size({
      group: 'Limits',
      doc: 'Largest message that the broker accepts; on Kafka the largest compressed record batch. SQS allows 1MiB since 2025, older queues may still carry 256KiB.',
      default: {
        value: '16MiB on RabbitMQ; 1048588B on Kafka; 256KiB on SNS; 1MiB on SQS; 1MiB on Kinesis',
        why: 'defaults of the brokers',
      },
      source: sources.rabbitLimits,
    }),
    roundTrip: duration({
      group: 'Capacity',
      doc: 'Time from a request to its answer over the network between a service and the broker.',
      default: { value: '5ms', why: 'services and broker in one region' },
    }),
    ...rabbitAttributes,
    consumerTimeout: duration({
      group: 'Limits',
      doc: 'Longest time between a delivery and its acknowledgement.',
      default: { value: '30m', why: 'default of RabbitMQ' },
      brokers: ['rabbitmq'],
      source: sources.rabbitConsumers,
    }),
    autoCreateTopics: bool({
      group: 'Limits',
      doc: 'Whether a publish to an unknown topic creates it.',
      brokers: ['kafka'],
      default: { value: false, why: 'a typing error must not create a topic' },
      source: sources.kafkaServer,
    }),
    offsetsRetention: duration({
      group: 'Limits',
      doc: 'How long the offsets of a group without members are kept.',
      default: { value: '7d', why: 'default of Kafka' },
      brokers: ['kafka'],
      source: sources.kafkaGroups,
    }),
    ...redisAttributes,
  },
});
