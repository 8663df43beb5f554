import type { Broker, Consumer, Flow, Producer } from '../../core/design/design.ts';
import { type Refusal, refusals } from '../kit/refusals.ts';
import { dropsAtShutdown, endsOtherwise, namesHandler, publishesOtherwise } from '../services/refusals.ts';

const BROKER: readonly Refusal<Broker>[] = [
  [
    ({ nodes = 1, replicas = 0 }) => nodes > 1 || replicas > 0,
    () =>
      'several nodes are not generated: Redis copies to them after it has confirmed, so a failover loses entries.',
    'Leave nodes and replicas out; services can use another Redis by their settings.',
  ],
  [
    ({ tls }) => tls !== undefined && tls !== false,
    () => 'a broker with TLS is not generated yet.',
    'Services can use one all the same, by their settings; leave tls out here.',
  ],
  [
    ({ auth }) => auth?.mode !== undefined && !/^(acl|password)$/i.test(auth.mode),
    ({ auth }) => `authentication by ${auth?.mode} is not generated: users of Redis have passwords.`,
    'Write acl, or leave auth out.',
  ],
  [
    ({ emulator }) => emulator !== undefined,
    () => 'the compose file runs Redis itself, in its version.',
    'Leave emulator out.',
  ],
  [
    ({ persistence, fsync }) => persistence?.aof === false || fsync === 'no',
    () => 'without an append-only file that is written through, a restart loses what was confirmed.',
    'Leave persistence and fsync out; fsync: always loses nothing when the machine fails.',
  ],
  [
    ({ maxmemoryPolicy = 'noeviction' }) => maxmemoryPolicy !== 'noeviction',
    ({ maxmemoryPolicy }) => `${maxmemoryPolicy} would drop whole streams when the memory is full.`,
    'Write noeviction: producers get an error, and nothing is lost.',
  ],
];

const PRODUCER: readonly Refusal<Producer>[] = [dropsAtShutdown, publishesOtherwise('on Redis Streams')];

const CONSUMER: readonly Refusal<Consumer>[] = [
  [
    ({ ack = 'after', noack }) => ack !== 'after' || noack === true,
    () => 'acknowledging before the work is done would lose entries in a crash and is not generated.',
    'Leave ack and noack out.',
  ],
  endsOtherwise,
  namesHandler,
];

const FLOW: readonly Refusal<Flow>[] = [
  [
    ({ delivery }) => delivery === 'exactly-once',
    () => 'Redis Streams has no transactions with the effects of a handler.',
    'Write effectively-once, with the idempotency strategy transactional-inbox at its consumers.',
  ],
  [
    ({ style }) => style === 'request-reply',
    () => 'requests and replies over Redis Streams are not generated.',
    'Use a queue of RabbitMQ, or events both ways.',
  ],
];

/** What the library does in one way only; asking for another must not pass in silence. */
export const brokerRefusals = refusals('brokers', BROKER);
export const producerRefusals = refusals('producers', PRODUCER);
export const consumerRefusals = refusals('consumers', CONSUMER);
export const flowRefusals = refusals('flows', FLOW);
