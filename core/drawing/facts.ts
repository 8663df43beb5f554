import type { Graph } from '../design/graph.ts';
import type { BrokerKind } from '../kinds/brokers.ts';
import { stream as streamKind } from '../kinds/stream/index.ts';
import { retryFact } from './links.ts';
import type { DrawnShape } from './shapes.ts';

/** The second line of each shape, from what the file says; nothing is shown that nobody stated or defaulted. */
export const factsOf = {
  producer: (graph, id) => {
    const producer = graph.design.producers.get(id);
    const messages = producer?.messages ?? [];
    const rate = producer?.rate?.peak ? `${group(producer.rate.peak)} peak` : producer?.rate?.avg;
    return join(
      rate,
      messages.length > 1 ? `${messages.length} messages` : (messages[0] ?? 'no message yet'),
    );
  },
  consumer: (graph, id) => {
    const value = graph.design.consumers.get(id);
    if (!value) return '';
    const p99 = value.processing?.p99;
    return join(idempotencyFact(graph, id), p99 && `p99 ${p99}`, orderFact(graph, id));
  },
  exchange: (graph, id) => {
    const exchange = graph.design.exchanges.get(id);
    return join(exchange?.type ?? 'topic', exchange?.internal ? 'internal' : undefined);
  },
  queue: (graph, id) => {
    const queue = graph.design.queues.get(id);
    const role = queue?.role && queue.role !== 'work' ? queue.role : undefined;
    const limit = queue?.maxLength === undefined ? undefined : `max ${compact(queue.maxLength)}`;
    return join(
      queue?.type ?? defaultQueueType(graph, id),
      role,
      retryFact(graph, id) ?? queue?.messageTtl,
      limit,
    );
  },
  deadLetter: (graph, id) => {
    const queue = graph.design.queues.get(id);
    const retention = queue?.retention ?? queue?.messageTtl ?? graph.design.streams.get(id)?.retention;
    return join('dead letters', retention, deadLetterOwner(graph, id));
  },
  delay: (_graph, id) => id,
  topic: (graph, id) => {
    const topic = graph.design.topics.get(id);
    const kind = topic && graph.design.brokers.get(topic.broker)?.kind;
    return join(
      kind === 'redis' ? 'Pub/Sub' : undefined,
      count(graph.consumersOf(id).length, 'subscriber'),
      topic?.fifo ? 'FIFO' : undefined,
    );
  },
  stream: (graph, id) => {
    const stream = graph.design.streams.get(id);
    const kind = stream && graph.design.brokers.get(stream.broker)?.kind;
    return join(
      kind === 'kinesis' && stream?.partitions === undefined
        ? (stream?.mode ?? streamKind.attributes.mode.default.value)
        : count(
            stream?.partitions ?? streamKind.attributes.partitions.default.value,
            partsOf[kind ?? 'kafka'],
          ),
      stream?.retention,
      stream?.maxLen === undefined ? undefined : `max ${compact(stream.maxLen)}`,
      stream?.replication === undefined ? undefined : `RF ${stream.replication}`,
    );
  },
  note: (graph, id) => graph.design.notes.get(id)?.text ?? '',
} as const satisfies Record<DrawnShape, (graph: Graph, id: string) => string>;

/** What a log is divided into on each broker. */
const partsOf: Readonly<Partial<Record<BrokerKind, string>>> = { kinesis: 'shard', redis: 'key' };

const count = (many: number, what = 'partition'): string => `${many} ${what}${many === 1 ? '' : 's'}`;

const join = (...facts: readonly (string | undefined)[]): string => facts.filter(Boolean).join(' · ');

// Made once: to make one takes as long as to write a hundred numbers.
const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** 1000/s → 1,000/s */
const group = (rate: string): string => rate.replace(/^\d+/, (digits) => whole.format(Number(digits)));

const compact = (value: number): string => short.format(value);

const defaultQueueType = (graph: Graph, id: string): string | undefined => {
  const channel = graph.channel(id);
  const kind = channel && graph.brokerKindOf(channel);
  return kind === 'sqs' ? 'standard' : kind === 'rabbitmq' ? 'quorum' : undefined;
};

function idempotencyFact(graph: Graph, id: string): string | undefined {
  const value = graph.design.consumers.get(id);
  if (!value) return undefined;
  const policy = graph.idempotencyOf({ id, value });
  if (policy === undefined) return value.sideEffects?.length === 0 ? 'no effects' : 'idempotency not stated';
  const names: Record<string, string> = { none: 'not idempotent', natural: 'idempotent by nature' };
  return names[policy.strategy ?? ''] ?? policy.strategy?.replaceAll('-', ' ') ?? 'idempotent';
}

function orderFact(graph: Graph, id: string): string | undefined {
  const ordering = graph.flowsOf(`consumers/${id}`).map((flow) => flow.value.ordering);
  if (ordering.includes('total')) return 'total order';
  return ordering.includes('per-key') ? 'per key' : undefined;
}

const owners = new WeakMap<Graph, ReadonlyMap<string, string | undefined>>();

/** Who owns the dead letters that a channel receives, as the first says that sends it some. */
function deadLetterOwner(graph: Graph, id: string): string | undefined {
  let known = owners.get(graph);
  if (!known) {
    const found = new Map<string, string | undefined>();
    for (const { deadLetter } of [...graph.design.queues.values(), ...graph.design.consumers.values()])
      if (typeof deadLetter === 'object' && deadLetter.target !== undefined && !found.has(deadLetter.target))
        found.set(deadLetter.target, deadLetter.owner);
    known = found;
    owners.set(graph, known);
  }
  return known.get(id);
}
