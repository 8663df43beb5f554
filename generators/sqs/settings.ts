import type { Broker, Consumer, Flow, Producer, Queue } from '../../core/design/design.ts';
import { type Refusal, refusals } from '../kit/refusals.ts';
import { dropsAtShutdown, endsOtherwise, namesHandler, publishesOtherwise } from '../services/refusals.ts';

const BROKER: readonly Refusal<Broker>[] = [
  [
    ({ emulator }) => emulator !== undefined,
    () => 'the compose file runs one emulator for SQS and SNS, which the tests of the library run too.',
    'Leave emulator out; another one can be named by the URL in .env.',
  ],
  [
    ({ auth }) => auth?.mode !== undefined && !/^iam$/i.test(auth.mode),
    ({ auth }) => `authentication by ${auth?.mode} does not exist at AWS.`,
    'Write iam, or leave auth out.',
  ],
  [
    ({ tls }) => tls === false,
    () => 'AWS is reached over TLS only.',
    'Leave tls out; the emulator on this machine is reached without.',
  ],
];

const QUEUE: readonly Refusal<Queue>[] = [
  [
    ({ fifo, type }) => fifo !== undefined && type === 'standard',
    () => 'a standard queue has no FIFO settings.',
    'Leave fifo out, or write type: fifo.',
  ],
];

const PRODUCER: readonly Refusal<Producer>[] = [
  dropsAtShutdown,
  publishesOtherwise('at AWS'),
  [
    ({ dedupId }) => dedupId !== undefined,
    () =>
      'a deduplication id of its own is not generated: the event id is it, the same at every attempt of a send.',
    'Leave dedupId out; an application that repeats a send gives the same eventId.',
  ],
];

const CONSUMER: readonly Refusal<Consumer>[] = [
  [
    ({ ack = 'after', noack }) => ack !== 'after' || noack === true,
    () => 'deleting a message before the work is done would lose it in a crash and is not generated.',
    'Leave ack and noack out.',
  ],
  [
    ({ heartbeat }) => heartbeat === false,
    () =>
      'the library extends the visibility timeout of all that it holds: what waits or runs on is not handed out again.',
    'Write heartbeat: true, or leave it out.',
  ],
  [
    ({ functionTimeout, reportBatchItemFailures }) =>
      functionTimeout !== undefined || reportBatchItemFailures !== undefined,
    () => 'Lambda functions are not generated, services that poll are.',
    'Leave functionTimeout and reportBatchItemFailures out.',
  ],
  [
    ({ batchSize = 10 }) => batchSize > 10,
    () => 'SQS hands out ten messages at once.',
    'Write batchSize: 10, or leave it out.',
  ],
  endsOtherwise,
  namesHandler,
];

const FLOW: readonly Refusal<Flow>[] = [
  [
    ({ delivery }) => delivery === 'exactly-once',
    () => 'SQS and SNS have no transactions with the effects of a handler.',
    'Write effectively-once, with the idempotency strategy transactional-inbox at its consumers.',
  ],
  [
    ({ style }) => style === 'request-reply',
    () => 'requests and replies over SQS are not generated.',
    'Use a queue of RabbitMQ, or events both ways.',
  ],
];

/** What the library does in one way only; asking for another must not pass in silence. */
export const brokerRefusals = refusals('brokers', BROKER);
export const queueRefusals = refusals('queues', QUEUE);
export const producerRefusals = refusals('producers', PRODUCER);
export const consumerRefusals = refusals('consumers', CONSUMER);
export const flowRefusals = refusals('flows', FLOW);
