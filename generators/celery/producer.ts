import { addressOf, type Producer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { parseDuration } from '../../core/units.ts';
import { type Context, nameOf } from '../context.ts';
import type { ProducerPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { producerRefusals } from './settings.ts';

/** A producer sends from TypeScript: protocol 2, confirmed by the broker that carries the tasks. */
export function planProducer(
  { graph }: Context,
  producer: Named<Producer>,
  broker: string,
): Result<ProducerPlan> {
  const { id, value } = producer;
  const at = addressOf('producers', id);
  const queue = graph.channel(value.channel);
  if (queue?.section !== 'queues')
    return fail([unsupported(at, 'writes to no queue of Celery.', 'Connect it to a queue.')]);
  const messages = [...(value.messages ?? [])].sort();
  const problems = producerRefusals(producer);
  if (messages.length === 0) problems.push(unresolved(at, 'publishes no message.', 'Name its messages.'));
  if (problems.length > 0) return fail(problems);
  const timeout = parseDuration(value.deliveryTimeout ?? '');
  return ok({
    id,
    broker,
    to: { queue: nameOf(queue) },
    messages,
    routingKeys: undefined,
    headers: value.headers,
    ordered: false,
    persistent: true,
    outbox: value.publishVia === 'outbox',
    timeoutMs: timeout === undefined ? undefined : Math.round(timeout),
  });
}
