import type { BrokerKind } from '../kinds/brokers.ts';
import type { DeadLetterShape, RetryShape } from '../kinds/shared.ts';
import { formatDuration } from '../units.ts';
import { addressOf, type Consumer, type ElementAddress, type Queue } from './design.ts';
import type { Graph } from './graph.ts';
import { deadLetterOf, type EffectiveRetry, logRetryModeOf, retryOf } from './policies.ts';

/** An attribute whose shorthand has been replaced by what it stands for. */
export interface Written {
  readonly address: ElementAddress;
  readonly field: 'deadLetter' | 'retry';
  readonly value: DeadLetterShape | RetryShape;
}

type Owner = Pick<Queue, 'deadLetter' | 'retry'>;

/**
 * The shorthand of queues and consumers, written out: targets by their name, retries with every number. Policies that
 * are named by their id stand for themselves. Read again, a design with these attributes implies the same.
 */
export function writtenOut(graph: Graph): readonly Written[] {
  const written: Written[] = [];
  const write = (address: ElementAddress, id: string, owner: Owner, place: Place): void => {
    const deadLetter = deadLetterIn(graph, id, owner, place);
    if (deadLetter) written.push({ address, field: 'deadLetter', value: deadLetter });
    const retry = retryIn(graph, owner.retry, place.mode);
    if (retry) written.push({ address, field: 'retry', value: retry });
  };
  for (const [id, queue] of graph.design.queues) {
    const kind = graph.design.brokers.get(queue.broker)?.kind;
    if (kind) write(addressOf('queues', id), id, queue, { kind, section: 'queues', mode: queueModes[kind] });
  }
  for (const [id, consumer] of graph.design.consumers) {
    const place = placeOf(graph, id, consumer);
    if (place) write(addressOf('consumers', id), id, consumer, place);
  }
  return written;
}

type Mode = NonNullable<RetryShape['mode']>;

interface Place {
  readonly kind: BrokerKind;
  readonly section: 'queues' | 'streams' | 'consumers';
  /** Where a failed message waits unless the policy says otherwise. */
  readonly mode: Mode | undefined;
}

/** Where a message of a queue waits for its next attempt; `undefined` where there are no queues. */
const queueModes = {
  rabbitmq: 'delayed-queue',
  sqs: 'visibility',
  celery: 'broker',
  kafka: 'broker',
  redis: 'broker',
  kinesis: undefined,
  sns: undefined,
} as const satisfies Readonly<Record<BrokerKind, Mode | undefined>>;

function placeOf(graph: Graph, id: string, consumer: Consumer): Place | undefined {
  const channel = graph.channel(consumer.channel);
  const kind = channel && graph.brokerKindOf(channel);
  if (!channel || !kind) return undefined;
  const isOrdered = graph
    .flowsOf(addressOf('consumers', id))
    .some(({ value }) => (value.ordering ?? 'none') !== 'none');
  if (channel.section === 'streams')
    return { kind, section: 'consumers', mode: logRetryModeOf(graph.design, consumer, isOrdered) };
  // A message that waits in a delay queue is overtaken.
  const inPlace = kind === 'rabbitmq' && isOrdered;
  return { kind, section: 'consumers', mode: inPlace ? 'in-process' : queueModes[kind] };
}

/** Broker limits count crashes too, so they stand far above the attempts that the consumer counts. */
export const backstop = (attempts: number): number => Math.min(1000, Math.max(50, 10 * attempts));

function deadLetterIn(
  graph: Graph,
  id: string,
  owner: Owner,
  { kind, section }: Place,
): DeadLetterShape | undefined {
  const deadLetter = deadLetterOf(id, owner.deadLetter);
  if (deadLetter?.target === undefined) return undefined;
  const { shape, target } = deadLetter;
  const redrives = kind === 'sqs' && section === 'queues';
  const attempts = retryOf(graph.design, owner.retry ?? 'standard')?.maxAttempts ?? 0;
  const full = { target, ...(redrives && { maxReceiveCount: backstop(attempts) }), ...shape };
  return adds(full, owner.deadLetter) ? full : undefined;
}

/** Whether a value says more than what the author has written. */
const adds = (full: object, written: unknown): boolean =>
  typeof written !== 'object' || written === null || Object.keys(full).length > Object.keys(written).length;

function retryIn(graph: Graph, retry: Owner['retry'], mode: Mode | undefined): RetryShape | undefined {
  const policy = retryOf(graph.design, retry);
  if (!policy || (typeof retry === 'string' && retry !== 'standard' && retry !== 'none')) return undefined;
  const shape = typeof retry === 'object' ? (retry as RetryShape) : {};
  const full: RetryShape =
    policy.maxAttempts === 1
      ? { ...shape, maxAttempts: 1 }
      : { ...(mode && { mode }), ...numbers(policy), ...shape };
  return adds(full, retry) ? full : undefined;
}

const numbers = (policy: EffectiveRetry): RetryShape => ({
  maxAttempts: Number.isFinite(policy.maxAttempts) ? policy.maxAttempts : -1,
  backoff: policy.backoff,
  baseDelay: formatDuration(policy.baseDelay),
  maxDelay: formatDuration(policy.maxDelay),
  jitter: policy.jitter,
  nonRetryable: [...policy.nonRetryable],
});
