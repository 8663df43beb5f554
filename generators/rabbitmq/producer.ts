import { addressOf, type Producer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { parseDuration } from '../../core/units.ts';
import { type Context, nameOf } from '../context.ts';
import type { ProducerPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { planSendOrder } from '../services/ordering.ts';

export function planProducer(
  context: Context,
  producer: Named<Producer>,
  broker: string,
): Result<ProducerPlan> {
  const { graph } = context;
  const { id, value } = producer;
  const at = addressOf('producers', id);
  const channel = graph.channel(value.channel);
  if (channel === undefined || channel.section === 'topics')
    return fail([
      unsupported(at, 'publishes to no exchange, queue or stream.', 'Connect it to an exchange of RabbitMQ.'),
    ]);
  const problems = unsupportedSettings(producer);
  if (channel.section === 'exchanges' && channel.value.internal)
    problems.push(
      unresolved(
        at,
        `clients cannot publish to the internal exchange ${channel.id}.`,
        'Publish to another exchange.',
      ),
    );
  const emissions = graph.emissionsOf(producer);
  if (emissions.length === 0) problems.push(unresolved(at, 'publishes no message.', 'Name its messages.'));
  for (const emission of emissions) {
    if (graph.receivers(channel.id, emission).size > 0) continue;
    problems.push(
      unresolved(
        at,
        `${emission.message} reaches no queue, so every send would fail.`,
        `Bind a queue to ${channel.id} for the key ${emission.routingKey}.`,
      ),
    );
  }
  if (problems.length > 0) return fail(problems);

  const keyed =
    channel.section === 'exchanges' && emissions.some(({ message, routingKey }) => message !== routingKey);
  const timeout = parseDuration(value.deliveryTimeout ?? '');
  const messages = emissions.map(({ message }) => message).sort();
  const order = planSendOrder(context, producer, messages);
  return ok({
    id,
    broker,
    to: channel.section === 'exchanges' ? { exchange: nameOf(channel) } : { queue: nameOf(channel) },
    messages,
    routingKeys: keyed
      ? Object.fromEntries(emissions.map(({ message, routingKey }) => [message, routingKey]))
      : undefined,
    headers: value.headers,
    ordered: order.ordered,
    ...(order.key === undefined ? {} : { partitionKey: order.key }),
    persistent: value.persistent ?? true,
    outbox: value.publishVia === 'outbox',
    timeoutMs: timeout === undefined ? undefined : Math.round(timeout),
  });
}

/** The library confirms every send and reports what no queue took; weaker publishing is not offered. */
function unsupportedSettings({ id, value }: Named<Producer>): Problem[] {
  const at = addressOf('producers', id);
  const found: Problem[] = [];
  for (const name of ['confirms', 'mandatory'] as const) {
    if (value[name] === false)
      found.push(
        unsupported(
          at,
          `${name}: false would lose messages unnoticed and is not generated.`,
          `Leave ${name} out.`,
        ),
      );
  }
  if (value.onReturn !== undefined && value.onReturn !== 'error')
    found.push(
      unsupported(
        at,
        `onReturn: ${value.onReturn} is not generated: the sender must know.`,
        'Leave onReturn out.',
      ),
    );
  if (value.publishVia !== undefined && !['direct', 'outbox'].includes(value.publishVia))
    found.push(
      unsupported(at, `publishVia: ${value.publishVia} is not generated yet.`, 'Use direct or outbox.'),
    );
  if (value.shutdown === 'none')
    found.push(
      unsupported(at, 'a shutdown that drops what is not confirmed is not generated.', 'Use flush.'),
    );
  if (value.retryWindow !== undefined)
    found.push(
      unsupported(at, 'retryWindow is not generated yet.', 'Leave it out; deliveryTimeout bounds a send.'),
    );
  return found;
}
