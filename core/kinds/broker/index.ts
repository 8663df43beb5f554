import { z } from '../../zod.ts';
import { bool, duration, int, oneOf, safeText, shaped, size, text } from '../attribute.ts';
import { brokerKinds } from '../brokers.ts';
import { defineKind } from '../kind.ts';

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
      doc: 'Number of nodes.',
      default: { value: '1 local, 3 otherwise', why: 'a quorum needs three' },
      brokers: ['kafka', 'rabbitmq', 'redis'],
    }),
    region: text({ group: 'Cluster', doc: 'AWS region.', brokers: ['sqs', 'sns', 'kinesis'] }),
    account: text({ group: 'Cluster', doc: 'AWS account.', brokers: ['sqs', 'sns', 'kinesis'] }),
    tls: bool({
      group: 'Security',
      doc: 'Whether clients connect with TLS.',
      default: { value: 'off for local', why: 'the generated compose listens on loopback only' },
    }),
    auth: shaped(z.looseObject({ mode: safeText.optional(), secretRef: safeText.optional() }), {
      group: 'Security',
      doc: 'How clients authenticate, and where the secret is kept; never the secret itself.',
    }),
    maxMessageSize: size({
      group: 'Limits',
      doc: 'Largest message that the broker accepts.',
      default: { value: '16MiB on RabbitMQ', why: 'max_message_size since 4.0' },
      source: 'https://www.rabbitmq.com/docs/limits',
    }),
    consumerTimeout: duration({
      group: 'Limits',
      doc: 'Longest time between a delivery and its acknowledgement.',
      default: { value: '30m', why: 'default of RabbitMQ' },
      brokers: ['rabbitmq'],
      source: 'https://www.rabbitmq.com/docs/consumers',
    }),
    autoCreateTopics: bool({
      group: 'Limits',
      doc: 'Whether a publish to an unknown topic creates it.',
      brokers: ['kafka'],
      default: { value: false, why: 'a typing error must not create a topic' },
    }),
  },
});
