import type { Broker, Consumer, Flow, Producer } from '../../core/design/design.ts';
import { type Refusal, refusals } from '../kit/refusals.ts';
import { dropsAtShutdown, endsOtherwise, namesHandler, publishesOtherwise } from '../services/refusals.ts';

const BROKER: readonly Refusal<Broker>[] = [
  [
    ({ auth }) => auth?.mode !== undefined && !/^iam$/i.test(auth.mode),
    ({ auth }) => `authentication by ${auth?.mode} does not exist: AWS has access keys and roles.`,
    'Write iam, or leave auth out.',
  ],
  [
    ({ tls }) => tls === false,
    () => 'AWS is reached over TLS alone.',
    'Leave tls out; the emulator on this machine has an address of its own.',
  ],
  [
    ({ emulator }) => emulator !== undefined,
    () => 'another emulator than the generated one is not supported.',
    'Leave emulator out; services take another address from their settings.',
  ],
];

const PRODUCER: readonly Refusal<Producer>[] = [
  [
    ({ handleFailedRecordCount }) => handleFailedRecordCount === false,
    () => 'records that Kinesis refuses would be lost in silence.',
    'Leave handleFailedRecordCount out: each record is confirmed for itself, and what was refused is sent again.',
  ],
  dropsAtShutdown,
  [
    ({ retryWindow }) => retryWindow !== undefined,
    () => 'retryWindow is not generated yet.',
    'Leave it out; a send is repeated for 30 seconds.',
  ],
  publishesOtherwise('on Kinesis'),
];

const CONSUMER: readonly Refusal<Consumer>[] = [
  [
    ({ ack = 'after' }) => ack !== 'after',
    ({ ack }) => `acknowledging ${ack} would lose records in a crash and is not generated.`,
    'Write ack: after, or leave it out.',
  ],
  [
    ({ efo }) => efo === true,
    () => 'enhanced fan-out is not generated: consumers poll their shards.',
    'Leave efo out; up to five groups can share a shard, each of them a little slower.',
  ],
  [
    ({ esm }) => esm !== undefined,
    () => 'event source mappings of Lambda are not generated: consumers are services of their own.',
    'Leave esm out.',
  ],
  endsOtherwise,
  namesHandler,
];

const FLOW: readonly Refusal<Flow>[] = [
  [
    ({ delivery }) => delivery === 'exactly-once',
    () => 'Kinesis has no transactions.',
    'Write effectively-once, with the idempotency strategy transactional-inbox at its consumers.',
  ],
  [
    ({ style }) => style === 'request-reply',
    () => 'requests and replies over Kinesis are not generated.',
    'Use a queue of RabbitMQ, or events both ways.',
  ],
];

/** What the library does in one way only; asking for another must not pass in silence. */
export const brokerRefusals = refusals('brokers', BROKER);
export const producerRefusals = refusals('producers', PRODUCER);
export const consumerRefusals = refusals('consumers', CONSUMER);
export const flowRefusals = refusals('flows', FLOW);
