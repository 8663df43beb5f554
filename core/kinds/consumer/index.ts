import { oneOf, ref, refs, shaped, text } from '../attribute.ts';
import { integerWithin, listOf } from '../form.ts';
import { defineKind } from '../kind.ts';
import { failureAttributes, idempotencyAttribute } from '../shared.ts';
import { awsAttributes } from './aws.ts';
import { celeryAttributes } from './celery.ts';
import { groupAttributes } from './groups.ts';
import { queueAttributes } from './queues.ts';
import { workAttributes } from './work.ts';

export const consumer = defineKind({
  id: 'consumer',
  section: 'consumers',
  title: 'Consumer',
  doc: 'Where a service takes messages from a queue or stream and hands them to a handler.',
  drawn: 'endpoint',
  attributes: {
    service: ref('services', {
      group: 'Identity',
      doc: 'Service that consumes.',
      default: { value: 'a service with the id of the consumer', why: 'one box is enough to start with' },
    }),
    channel: ref('channels', { group: 'Identity', doc: 'Queue or stream that it reads.' }),
    handler: text({
      group: 'Identity',
      doc: 'Name of the handler function.',
      default: { value: 'the id', why: 'one name for one thing' },
    }),
    messages: refs('messages', {
      group: 'Identity',
      doc: 'Message types that it handles.',
      default: { value: 'all that can reach the channel', why: 'computed from producers and bindings' },
    }),
    accepts: shaped(
      listOf(integerWithin({ min: 1 })),
      {
        group: 'Identity',
        form: 'list of versions',
        doc: 'Versions of its messages that it understands.',
        default: { value: 'the current version', why: 'what producers send' },
      },
      { type: 'list' },
    ),
    ...groupAttributes,
    ack: oneOf(['after', 'before', 'auto'], {
      group: 'Delivery',
      doc: 'When the message is acknowledged, relative to the handler.',
      default: { value: 'after', why: 'anything else loses the message in a crash' },
    }),
    ...queueAttributes,
    ...awsAttributes,
    ...celeryAttributes,
    onFailure: oneOf(['dead-letter', 'stop', 'park-key', 'drop'], {
      group: 'Failure',
      doc: 'What happens after the last attempt.',
      default: { value: 'dead-letter', why: 'nothing is lost and neighbours flow' },
    }),
    ...failureAttributes,
    idempotency: idempotencyAttribute,
    ...workAttributes,
  },
});
