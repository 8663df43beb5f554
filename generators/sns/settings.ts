import type { Broker, ElementOf, Producer, Subscription } from '../../core/design/design.ts';
import { type Refusal, refusals } from '../kit/refusals.ts';
import { dropsAtShutdown, publishesOtherwise } from '../services/refusals.ts';

type Topic = ElementOf<'topics'>;

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

const TOPIC: readonly Refusal<Topic>[] = [
  [
    ({ fifo, throughputScope }) => fifo !== true && throughputScope !== undefined,
    () => 'a standard topic has no throughput scope.',
    'Leave throughputScope out, or write fifo: true.',
  ],
  [
    ({ maxMessageSize = '256KiB' }) => maxMessageSize !== '256KiB',
    () => 'the library sends batches of 256 KiB, the default of SNS.',
    'Leave maxMessageSize out; keep large bodies elsewhere and send where they are.',
  ],
];

const SUBSCRIPTION: readonly Refusal<Subscription>[] = [
  [
    ({ protocol = 'sqs' }) => protocol !== 'sqs',
    ({ protocol }) =>
      `subscriptions of ${protocol} are not generated: SNS would push to what is not part of the workspace.`,
    'Subscribe a queue of SQS, which keeps messages while its consumer is away.',
  ],
  [
    ({ raw }) => raw === false,
    () =>
      'without raw delivery a message arrives inside another one, without the attributes of its envelope.',
    'Leave raw out.',
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
  [
    ({ headers = {} }) => Object.keys(headers).length > 6,
    () => 'more than six headers: filters can see nine attributes, three of which are of the envelope.',
    'Leave out what no subscriber needs.',
  ],
];

/** What the library does in one way only; asking for another must not pass in silence. */
export const brokerRefusals = refusals('brokers', BROKER);
export const topicRefusals = refusals('topics', TOPIC);
export const subscriptionRefusals = refusals('subscriptions', SUBSCRIPTION);
export const producerRefusals = refusals('producers', PRODUCER);
