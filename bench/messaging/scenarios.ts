import { join } from 'node:path';
import type { Program } from './program.ts';
import { reported } from './reported.ts';
import type { ServiceId, Workspace } from './workspace.ts';

/** With whom a generated service is compared. */
export const rivals = {
  raw: 'by hand, all at once',
  one: 'by hand, one at a time',
  rascal: 'rascal',
} as const;
export type Rival = keyof typeof rivals;

interface Comparison {
  readonly program: Program;
  /** Least ratio of the rates, ours to theirs; without one it is only reported. */
  readonly budget?: number;
}

export type BrokerTitle =
  | 'RabbitMQ'
  | 'Kafka'
  | 'Redis Streams'
  | 'SQS and SNS (emulator)'
  | 'Kinesis (emulator)'
  | 'Celery over Redis'
  | 'Celery over RabbitMQ';

export interface Scenario {
  readonly title: string;
  readonly broker: BrokerTitle;
  /** The queue, where the broker has several. */
  readonly queue?: 'jobs' | 'classics' | 'orders' | 'letters';
  readonly role: 'send' | 'receive';
  readonly own: Program;
  readonly against: Readonly<Partial<Record<Rival, Comparison>>>;
}

const bench = join(import.meta.dirname, '..');
/** Sends that may be unsettled, and deliveries that may be at work: the defaults of the library. */
const many = { warmUp: 30_000, messages: 40_000, inFlight: 256 } as const;
const single = { warmUp: 1_000, messages: 4_000, inFlight: 1 } as const;
/** The broker sends some ahead. */
const singleAhead = { ...single, inFlight: 10 } as const;

const guarded = { BENCH_GUARDED: '1' } as const;
/** All guarantees against the same by hand, and against the loop that is usually written. */
export const handWritten = 0.8;
const onLogsAndQuorum = 8;
const onClassic = 6;
const faster = 1;

/** @param peers with the libraries of others, which must have been installed */
export function scenarios(workspace: Workspace, peers: boolean): readonly Scenario[] {
  const own = (id: ServiceId): Program => ({ ...workspace.program(id), ...many });
  const rabbit = (file: string): string => join(bench, 'baselines', 'rabbitmq', file);
  const kafka = (file: string): string => join(bench, 'baselines', 'kafka', file);
  const redis = (file: string): string => join(bench, 'baselines', 'redis', file);
  const rascal = (file: string, env: Program['env'] = {}): Scenario['against'] =>
    peers
      ? { rascal: { program: { file: join(bench, 'peers', 'rascal', file), env, ...many }, budget: faster } }
      : {};
  const byHand = (
    all: Program,
    { one, times }: { readonly one: Program; readonly times: number },
  ): Scenario['against'] => ({
    raw: { program: all, budget: handWritten },
    one: { program: one, budget: times },
  });
  return [
    {
      title: 'RabbitMQ, quorum queue: send',
      broker: 'RabbitMQ',
      queue: 'jobs',
      role: 'send',
      own: own('rabbit-send'),
      against: {
        ...byHand(
          { file: rabbit('produce.ts'), ...many },
          { one: { file: rabbit('produce.ts'), ...single }, times: onLogsAndQuorum },
        ),
        ...rascal('produce.ts'),
      },
    },
    {
      title: 'RabbitMQ, quorum queue: receive, duplicates suppressed',
      broker: 'RabbitMQ',
      queue: 'jobs',
      role: 'receive',
      own: own('rabbit-once'),
      against: {
        ...byHand(
          { file: rabbit('consume.ts'), env: guarded, ...many },
          {
            one: { file: rabbit('consumeOne.ts'), env: guarded, ...singleAhead },
            times: onLogsAndQuorum,
          },
        ),
        ...rascal('consume.ts', guarded),
      },
    },
    {
      title: 'RabbitMQ, classic queue: receive, duplicates suppressed',
      broker: 'RabbitMQ',
      queue: 'classics',
      role: 'receive',
      own: own('classic-once'),
      against: byHand(
        { file: rabbit('consume.ts'), env: guarded, ...many },
        { one: { file: rabbit('consumeOne.ts'), env: guarded, ...singleAhead }, times: onClassic },
      ),
    },
    {
      title: 'RabbitMQ, quorum queue: receive without a store',
      broker: 'RabbitMQ',
      queue: 'jobs',
      role: 'receive',
      own: own('rabbit-plain'),
      against: {
        raw: { program: { file: rabbit('consume.ts'), ...many } },
        ...rascal('consume.ts'),
      },
    },
    {
      title: 'Kafka: send',
      broker: 'Kafka',
      role: 'send',
      own: own('kafka-send'),
      against: byHand(
        { file: kafka('produce.ts'), ...many },
        { one: { file: kafka('produce.ts'), ...single }, times: onLogsAndQuorum },
      ),
    },
    {
      title: 'Kafka: receive, duplicates suppressed',
      broker: 'Kafka',
      role: 'receive',
      own: own('kafka-once'),
      against: byHand(
        { file: kafka('consume.ts'), env: guarded, ...many },
        { one: { file: kafka('consumeOne.ts'), env: guarded, ...single }, times: onLogsAndQuorum },
      ),
    },
    {
      title: 'Kafka: receive without a store',
      broker: 'Kafka',
      role: 'receive',
      own: own('kafka-plain'),
      against: { raw: { program: { file: kafka('consume.ts'), ...many } } },
    },
    {
      title: 'Redis Streams: send',
      broker: 'Redis Streams',
      role: 'send',
      own: own('redis-send'),
      against: byHand(
        { file: redis('produce.ts'), ...many },
        { one: { file: redis('produce.ts'), ...single }, times: onLogsAndQuorum },
      ),
    },
    {
      title: 'Redis Streams: receive, duplicates suppressed',
      broker: 'Redis Streams',
      role: 'receive',
      own: own('redis-once'),
      against: byHand(
        { file: redis('consume.ts'), env: guarded, ...many },
        { one: { file: redis('consumeOne.ts'), env: guarded, ...single }, times: onLogsAndQuorum },
      ),
    },
    {
      title: 'Redis Streams: receive without a store',
      broker: 'Redis Streams',
      role: 'receive',
      own: own('redis-plain'),
      against: { raw: { program: { file: redis('consume.ts'), ...many } } },
    },
    ...reported(workspace),
  ];
}
