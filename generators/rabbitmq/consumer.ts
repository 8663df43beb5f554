import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { retryChannelId } from '../../core/design/policies.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { parseDuration } from '../../core/units.ts';
import { type Context, nameOf, Problems } from '../context.ts';
import type { Decision, DestinationPlan, QueueConsumerPlan, StreamSourcePlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { notGenerated, planConcurrency } from '../services/endings.ts';
import { planIdempotency } from '../services/idempotency.ts';
import { planOrdering } from '../services/ordering.ts';
import { planRetry } from './retry.ts';

export function planConsumer(
  context: Context,
  consumer: Named<Consumer>,
  broker: string,
): Result<QueueConsumerPlan> {
  const { graph } = context;
  const at = addressOf('consumers', consumer.id);
  const channel = graph.channel(consumer.value.channel);
  if (channel?.section !== 'queues' && channel?.section !== 'streams')
    return fail([unsupported(at, 'reads no queue or stream.', 'Connect it to a queue of RabbitMQ.')]);

  const problems = new Problems();
  problems.list.push(...unsupportedSettings(consumer), ...unfitSettings(context, consumer, channel.section));
  const messages = graph.messagesOf(consumer);
  if (messages.length === 0)
    problems.list.push(
      unresolved(
        at,
        'no message can reach it.',
        'Name its messages, or bind its queue to an exchange that gets some.',
      ),
    );
  const source = channel.section === 'streams' ? planSource(context, consumer, nameOf(channel)) : undefined;
  const queue = source ? retryChannelId(consumer.id, consumer.value) : nameOf(channel);
  if (source) problems.list.push(...replicaProblems(context, consumer));
  const ordering = planOrdering(context, consumer);
  const deadLetter = problems.take(planDeadLetter(context, consumer));
  const retry = problems.take(
    planRetry(context, consumer, source?.group ?? queue, ordering.mode.value !== 'none'),
  );
  const idempotency = problems.take(planIdempotency(context, consumer));
  if (!deadLetter || !retry || !idempotency || problems.list.length > 0) return fail(problems.list);

  const concurrency = planConcurrency(consumer.value);
  return ok({
    id: consumer.id,
    broker,
    queue,
    ...(source ? { source } : {}),
    messages: [...messages].sort(),
    concurrency,
    prefetch: planPrefetch(consumer, concurrency.value, graph.design.brokers.get(broker)?.roundTrip),
    ordering: ordering.mode,
    orderingKey: ordering.key,
    retry,
    deadLetter,
    idempotency,
  });
}

/** A stream is read beside the consumer's own queue; the group is the name under which its offset is kept. */
const planSource = ({ graph }: Context, consumer: Named<Consumer>, stream: string): StreamSourcePlan => ({
  stream,
  group: `${graph.serviceOf(consumer)}.${consumer.id}`,
  startFrom: consumer.value.offsetReset ?? 'earliest',
});

/** https://www.rabbitmq.com/docs/streams#consuming: over AMQP 0-9-1 every reader of a stream gets every record. */
function replicaProblems({ graph }: Context, consumer: Named<Consumer>): Problem[] {
  const replicas = graph.design.services.get(graph.serviceOf(consumer))?.replicas?.min ?? 1;
  return replicas <= 1
    ? []
    : [
        unsupported(
          addressOf('consumers', consumer.id),
          `${replicas} processes would each read the whole stream: RabbitMQ shares a stream out to none.`,
          'Give the service one replica, or let the consumer read a queue.',
        ),
      ];
}

/** What has no meaning for what this consumer reads. */
function unfitSettings(
  { graph }: Context,
  consumer: Named<Consumer>,
  section: 'queues' | 'streams',
): Problem[] {
  const at = addressOf('consumers', consumer.id);
  const { offsetReset, accepts } = consumer.value;
  const current = graph.messagesOf(consumer).map((id) => graph.design.messages.get(id)?.version ?? 1);
  return [
    ...(offsetReset !== undefined && section === 'queues'
      ? [unsupported(at, 'a queue has no offsets to begin at.', 'Leave offsetReset out, or read a stream.')]
      : []),
    ...(accepts?.some((version) => !current.includes(version))
      ? [
          unsupported(
            at,
            'versions besides the current one of a message are not told apart yet.',
            'Leave accepts out, and keep schemas compatible.',
          ),
        ]
      : []),
  ];
}

/** What the library does in one way only; asking for another must not pass in silence. */
function unsupportedSettings({ id, value }: Named<Consumer>): Problem[] {
  const at = addressOf('consumers', id);
  const found: Problem[] = [];
  if (value.ack !== undefined && value.ack !== 'after')
    found.push(
      unsupported(
        at,
        `acknowledging ${value.ack} would lose messages in a crash and is not generated.`,
        'Write ack: after, or leave it out.',
      ),
    );
  if (value.onError === 'nack-requeue' || value.onError === 'reject-requeue')
    found.push(
      unsupported(
        at,
        `${value.onError} would retry without pause or end.`,
        'Use delayed-retry or dead-letter.',
      ),
    );
  if (value.onFailure !== undefined && value.onFailure !== 'dead-letter')
    found.push(
      unsupported(
        at,
        value.onFailure === 'stop'
          ? 'onFailure: stop is not generated: RabbitMQ takes back what waits for longer than the consumer timeout.'
          : notGenerated(value.onFailure),
        'Use dead-letter, and retry in the worker where a flow relies on the order.',
      ),
    );
  if (value.qosGlobal)
    found.push(
      unsupported(
        at,
        'a prefetch for the whole channel is deprecated and not generated.',
        'Leave qosGlobal out.',
      ),
    );
  if (value.handler !== undefined)
    found.push(
      unsupported(at, 'a name for the handler is not generated yet.', 'Leave handler out; the id names it.'),
    );
  if (value.prefetch === 0)
    found.push(
      unsupported(
        at,
        'a prefetch without limit fills the memory of a slow consumer.',
        'Give a number up to 300.',
      ),
    );
  return found;
}

function planDeadLetter({ graph }: Context, consumer: Named<Consumer>): Result<Decision<DestinationPlan>> {
  const at = addressOf('consumers', consumer.id);
  const deadLetter = graph.deadLetterOf(consumer);
  if (!deadLetter)
    return fail([
      unresolved(
        at,
        'has no dead-letter queue, so a message that cannot be processed would have nowhere to go.',
        `Write deadLetter: true at ${graph.channel(consumer.value.channel)?.section === 'streams' ? at : `queues/${consumer.value.channel}`}.`,
      ),
    ]);
  const { target, exchange, routingKey } = deadLetter;
  const queue = graph.channel(target);
  if (exchange === undefined) {
    if (queue?.section !== 'queues')
      return fail([
        unresolved(
          at,
          `its dead-letter queue ${target} is not in the design.`,
          'Draw the queue, or write deadLetter: true at the queue.',
        ),
      ]);
    return ok({
      value: { queue: nameOf(queue) },
      reason: 'published and confirmed before the original is acknowledged',
    });
  }
  const key = routingKey ?? target ?? consumer.value.channel ?? '';
  const via = graph.channel(exchange);
  if (
    via?.section !== 'exchanges' ||
    graph.receivers(exchange, { message: '', routingKey: key, headers: {} }).size === 0
  )
    return fail([
      unresolved(
        at,
        `dead letters sent to the exchange ${exchange} with the key ${JSON.stringify(key)} reach no queue.`,
        'Draw the exchange and bind a queue to it.',
      ),
    ]);
  return ok({
    value: { exchange: nameOf(via), routingKey: key },
    reason: 'published and confirmed before the original is acknowledged',
  });
}

/** Time between a broker's delivery and the arrival of the acknowledgement that frees the slot, where it is not stated. */
const ROUND_TRIP_MS = 5;

/**
 * Enough unacknowledged messages to keep the handlers busy: ⌈(round trip + processing) / processing⌉ × concurrency.
 * https://www.rabbitmq.com/blog/2012/05/11/some-queuing-theory-throughput-latency-and-bandwidth; 300 is where
 * https://www.rabbitmq.com/docs/confirms#channel-qos-prefetch-throughput sees no further gain.
 */
function planPrefetch({ value }: Named<Consumer>, concurrency: number, roundTrip = ''): Decision<number> {
  if (value.prefetch !== undefined) return { value: value.prefetch, reason: '' };
  const processing = parseDuration(value.processing?.p50 ?? value.processing?.p99 ?? '');
  const clamp = (n: number): number => Math.min(300, Math.max(1, n));
  if (!processing)
    return {
      value: clamp(16 * concurrency),
      reason: '16 × concurrency, since the processing time is not stated',
    };
  const perHandler = Math.ceil(((parseDuration(roundTrip) ?? ROUND_TRIP_MS) + processing) / processing);
  return {
    value: clamp(perHandler * concurrency),
    reason: `${perHandler} × concurrency keeps the handlers busy at ${processing} ms a message (rabbitmq/prefetch)`,
  };
}
