import { addressOf, type Producer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { parseDuration } from '../../core/units.ts';
import { type Context, nameOf } from '../context.ts';
import type { ProducerPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { isAggregateId, planSendOrder } from '../services/ordering.ts';

/** What a service of AWS takes messages with. */
interface Sink {
  readonly section: 'queues' | 'topics';
  /** Said of a producer that is connected to something else, and what to do. */
  readonly elsewhere: readonly [message: string, hint: string];
  refusals(producer: Named<Producer>): readonly Problem[];
  to(name: string): ProducerPlan['to'];
}

/** Producers of messages that may have a group, by which a FIFO queue or topic keeps their order. */
export const awsProducers =
  ({ section, elsewhere, refusals, to }: Sink) =>
  (context: Context, producer: Named<Producer>, broker: string): Result<ProducerPlan> => {
    const { id, value } = producer;
    const at = addressOf('producers', id);
    const channel = context.graph.channel(value.channel);
    if (channel?.section !== section) return fail([unsupported(at, ...elsewhere)]);
    const messages = value.messages ?? [];
    const problems: Problem[] = [...refusals(producer)];
    if (messages.length === 0) problems.push(unresolved(at, 'publishes no message.', 'Name its messages.'));
    if (problems.length > 0) return fail(problems);
    const key = value.messageGroupId;
    const timeout = parseDuration(value.deliveryTimeout ?? '');
    return ok({
      id,
      broker,
      to: to(nameOf(channel)),
      messages: [...messages].sort(),
      routingKeys: undefined,
      ...(key === undefined || isAggregateId(context, messages, key) ? {} : { partitionKey: key }),
      headers: value.headers,
      ordered: planSendOrder(context, producer, messages).ordered,
      persistent: true,
      outbox: value.publishVia === 'outbox',
      timeoutMs: timeout === undefined ? undefined : Math.round(timeout),
    });
  };
