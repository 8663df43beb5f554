import { addressOf, type Producer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { type Context, nameOf } from '../context.ts';
import type { ProducerPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { isAggregateId, planSendOrder } from './ordering.ts';

/**
 * Producers of a broker that has streams only, and settings of its own for none of them.
 * @param label the broker's, as in a sentence
 * @param refusals what its settings may not say
 */
export const streamProducers =
  (label: string, refusals: (producer: Named<Producer>) => readonly Problem[]) =>
  (context: Context, producer: Named<Producer>, broker: string): Result<ProducerPlan> => {
    const { id, value } = producer;
    const at = addressOf('producers', id);
    const stream = context.graph.channel(value.channel);
    if (stream?.section !== 'streams')
      return fail([unsupported(at, `writes to no stream of ${label}.`, 'Connect it to a stream.')]);
    const messages = value.messages ?? [];
    const problems: Problem[] = [...refusals(producer)];
    if (messages.length === 0) problems.push(unresolved(at, 'publishes no message.', 'Name its messages.'));
    if (problems.length > 0) return fail(problems);
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
      timeoutMs: undefined,
    });
  };
