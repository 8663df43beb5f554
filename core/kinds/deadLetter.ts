import { duration, int, oneOf, ref, text, texts } from './attribute.ts';
import { sources } from './sources.ts';

/** Where messages go that cannot be processed. */
export const deadLetterParts = {
  target: ref('queues', {
    form: 'id of a queue or stream',
    doc: 'Queue or stream that receives dead letters.',
    default: { value: '<id>.dlq', why: 'one for each source, created for you' },
  }),
  exchange: ref('exchanges', {
    doc: 'Dead-letter exchange.',
    default: { value: 'the default exchange', why: 'routes by queue name and cannot be missing' },
    brokers: ['rabbitmq'],
    source: sources.rabbitDlx,
  }),
  routingKey: text({
    doc: 'Routing key of dead letters.',
    default: { value: 'the name of the target', why: 'what the default exchange routes by' },
    brokers: ['rabbitmq'],
    source: sources.rabbitDlx,
  }),
  strategy: oneOf(['at-least-once', 'at-most-once'], {
    doc: 'How a quorum queue moves a message that it dead-letters by itself.',
    default: { value: 'at-least-once', why: 'the standard way republishes without confirms' },
    brokers: ['rabbitmq'],
    source: sources.rabbitQuorum,
  }),
  maxReceiveCount: int({
    min: 1,
    max: 1000,
    unit: 'receives',
    doc: 'Receives before the redrive policy of SQS moves the message; a backstop above the attempts that the consumer counts.',
    default: { value: 50, why: 'receives also count crashes; attempts are counted by the consumer' },
    brokers: ['sqs'],
    source: sources.sqsQuotas,
  }),
  retention: duration({
    doc: 'How long dead letters are kept.',
    default: { value: '14d', why: 'the longest that SQS keeps a message; time to find and repair the cause' },
  }),
  headers: texts({
    doc: 'Headers that a dead letter carries besides its own.',
    default: {
      value: 'source, error, attempts and the time of the first failure',
      why: 'what a person needs to find the cause',
    },
  }),
  owner: text({ doc: 'Team that looks at the dead letters.' }),
  runbook: text({ doc: 'Where the procedure is written.' }),
  redrive: oneOf(['manual', 'tool'], {
    doc: 'How dead letters are replayed after a fix: by hand, or with the generated tool.',
    default: { value: 'tool', why: 'the generated workspace lists, replays and drops dead letters' },
    source: sources.sqsRedrive,
  }),
} as const;
