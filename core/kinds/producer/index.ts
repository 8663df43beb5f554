import { z } from '../../zod.ts';
import { bool, duration, num, oneOf, rateText, ref, refs, safeText, shaped, text } from '../attribute.ts';
import { defineKind } from '../kind.ts';

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
    rate: shaped(
      z.looseObject({
        avg: rateText.optional().describe('Messages per second on average.'),
        peak: rateText.optional().describe('Messages per second at the peak.'),
      }),
      { group: 'Capacity', doc: 'How much is published.' },
    ),
    burst: num({ group: 'Capacity', doc: 'Peak over average in the worst minute.' }),
    routingKeys: shaped(
      z.array(safeText),
      {
        group: 'Routing',
        doc: 'Routing keys that are used, one for each message type.',
        default: { value: 'the message type', why: 'bindings then read like the messages' },
        brokers: ['rabbitmq'],
      },
      { type: 'list' },
    ),
    headers: shaped(z.record(z.string(), z.union([safeText, z.number(), z.boolean()])), {
      group: 'Routing',
      doc: 'Headers that are sent with each message unless the sender gives others.',
      brokers: ['rabbitmq'],
    }),
    partitionKey: text({
      group: 'Ordering',
      doc: 'JSON pointer whose value decides the partition.',
      default: { value: 'the aggregate id', why: 'keeps the events of one entity in order' },
      brokers: ['kafka', 'kinesis', 'redis'],
    }),
    messageGroupId: text({
      group: 'Ordering',
      doc: 'JSON pointer whose value is the message group.',
      brokers: ['sqs', 'sns'],
    }),
    hotKeyShare: num({ max: 1, group: 'Capacity', doc: 'Share of the traffic that the busiest key takes.' }),
    confirms: bool({
      group: 'Delivery',
      doc: 'Whether each publish is confirmed by the broker.',
      default: { value: true, why: 'without it a lost publish is not noticed' },
      brokers: ['rabbitmq'],
      source: 'https://www.rabbitmq.com/docs/confirms',
    }),
    persistent: bool({
      group: 'Delivery',
      doc: 'Whether messages are written to disk.',
      default: { value: true, why: 'transient messages are lost with the broker' },
      brokers: ['rabbitmq'],
    }),
    mandatory: bool({
      group: 'Delivery',
      doc: 'Whether a message that no binding matches comes back as an error.',
      default: { value: true, why: 'otherwise it is confirmed and dropped' },
      brokers: ['rabbitmq'],
      source: 'https://www.rabbitmq.com/docs/publishers#unroutable',
    }),
    onReturn: oneOf(['error', 'log', 'ignore'], {
      group: 'Delivery',
      doc: 'What happens to a returned message.',
      default: { value: 'error', why: 'the sender must know' },
      brokers: ['rabbitmq'],
    }),
    acks: oneOf(['all', '1', '0'], {
      group: 'Delivery',
      doc: 'Replicas that must have a record before it is confirmed.',
      default: { value: 'all', why: 'anything less loses confirmed records' },
      brokers: ['kafka'],
    }),
    idempotence: bool({
      group: 'Delivery',
      doc: 'Whether the broker drops the duplicates of producer retries.',
      default: { value: true, why: 'default since Kafka 3.0' },
      brokers: ['kafka'],
    }),
    deliveryTimeout: duration({
      group: 'Delivery',
      doc: 'When a send that is not confirmed is reported as failed.',
      default: { value: '30s', why: 'every send settles by its deadline' },
    }),
    publishVia: oneOf(['direct', 'outbox', 'cdc', 'transaction'], {
      group: 'Delivery',
      doc: 'Whether messages go out directly or through a table in the same transaction as the data.',
      default: { value: 'direct', why: 'what the runtime does without a database' },
    }),
    writesDatabase: bool({ group: 'Delivery', doc: 'Whether the same operation also writes a database.' }),
  },
});
