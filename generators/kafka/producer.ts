import { addressOf, type Producer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { parseDuration } from '../../core/units.ts';
import { type Context, nameOf } from '../context.ts';
import type { ProducerPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { isAggregateId, planSendOrder } from '../services/ordering.ts';
import { producerRefusals } from './settings.ts';

/** By when a send settles: long enough for the election of a new leader. https://kafka.apache.org/documentation/#producerconfigs_delivery.timeout.ms */
const DELIVERY_TIMEOUT = 120_000;

export function planProducer(
  context: Context,
  producer: Named<Producer>,
  broker: string,
): Result<ProducerPlan> {
  const { graph } = context;
  const { id, value } = producer;
  const at = addressOf('producers', id);
  const stream = graph.channel(value.channel);
  if (stream?.section !== 'streams')
    return fail([unsupported(at, 'writes to no topic of Kafka.', 'Connect it to a stream.')]);
  const messages = value.messages ?? [];
  const problems: Problem[] = [...producerRefusals(producer)];
  if (messages.length === 0) problems.push(unresolved(at, 'publishes no message.', 'Name its messages.'));
  const keyless = messages.filter(
    (message) =>
      value.partitionKey === undefined && graph.design.messages.get(message)?.aggregateIdPath === undefined,
  );
  const { cleanup = 'delete' } = stream.value;
  if (cleanup !== 'delete' && keyless.length > 0)
    problems.push(
      unresolved(
        at,
        `${keyless.join(', ')} would have no key, which a compacted topic refuses.`,
        'Give partitionKey, or aggregateIdPath at the message.',
      ),
    );
  if (problems.length > 0) return fail(problems);

  const timeout = parseDuration(value.deliveryTimeout ?? '');
  return ok({
    id,
    broker,
    to: { topic: nameOf(stream) },
    messages: [...messages].sort(),
    routingKeys: undefined,
    ...(value.partitionKey === undefined || isAggregateId(context, messages, value.partitionKey)
      ? {}
      : { partitionKey: value.partitionKey }),
    headers: undefined,
    ordered: planSendOrder(context, producer, messages).ordered,
    persistent: true,
    outbox: value.publishVia === 'outbox',
    timeoutMs: Math.round(timeout ?? DELIVERY_TIMEOUT),
    ...(timeout === undefined ? { timeoutReason: 'rides out the election of a new leader' } : {}),
  });
}
