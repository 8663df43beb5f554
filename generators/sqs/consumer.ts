import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { isFifoQueue } from '../aws/names.ts';
import { type Context, nameOf, Problems } from '../context.ts';
import type { Decision, QueueConsumerPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { planConcurrency, planEnding } from '../services/endings.ts';
import { planIdempotency } from '../services/idempotency.ts';
import { planOrdering } from '../services/ordering.ts';
import { planRetry } from './retry.ts';
import { consumerRefusals } from './settings.ts';

export function planConsumer(
  context: Context,
  consumer: Named<Consumer>,
  broker: string,
): Result<QueueConsumerPlan> {
  const { graph } = context;
  const { id, value } = consumer;
  const at = addressOf('consumers', id);
  const queue = graph.channel(value.channel);
  if (queue?.section !== 'queues')
    return fail([unsupported(at, 'reads no queue of SQS.', 'Connect it to a queue.')]);

  const problems = new Problems();
  problems.list.push(...consumerRefusals(consumer));
  const messages = graph.messagesOf(consumer);
  if (messages.length === 0)
    problems.list.push(
      unresolved(
        at,
        'no message can reach it.',
        'Name its messages, or let a producer or topic send to its queue.',
      ),
    );
  const name = nameOf(queue);
  const fifo = isFifoQueue(queue.value);
  const ordering = planOrdering(context, consumer);
  const isOrdered = ordering.mode.value !== 'none';
  if (isOrdered && !fifo)
    problems.list.push(
      unsupported(
        at,
        `a flow relies on the order of ${queue.id}, and a standard queue keeps none.`,
        `Write type: fifo at queues/${queue.id}.`,
      ),
    );
  if (value.onFailure === 'stop' && !isOrdered)
    problems.list.push(
      unsupported(
        at,
        'onFailure: stop holds what comes after a message of its key, and no flow relies on that order.',
        'Use dead-letter, or state ordering: per-key at the flow.',
      ),
    );
  const deadLetter = problems.take(planDeadLetter(context, consumer, broker, fifo));
  const retry = problems.take(planRetry(context, consumer, { name, fifo }, isOrdered));
  const idempotency = problems.take(planIdempotency(context, consumer));
  if (!deadLetter || !retry || !idempotency || problems.list.length > 0) return fail(problems.list);

  const others = [...graph.messagesArrivingAt(queue.id)].filter((each) => !messages.includes(each)).sort();
  const concurrency = planConcurrency(value);
  return ok({
    id,
    broker,
    queue: name,
    messages: [...messages].sort(),
    ...(others.length > 0 ? { ignores: others } : {}),
    concurrency,
    prefetch: planPrefetch(value, concurrency.value),
    ordering: ordering.mode,
    orderingKey: ordering.key,
    retry,
    deadLetter,
    ...planEnding(value),
    idempotency,
  });
}

/** Of what is held, nobody else has anything: enough for the next receive to be under way while handlers work. */
const planPrefetch = ({ prefetch }: Consumer, concurrency: number): Decision<number> =>
  prefetch === undefined
    ? {
        value: Math.min(200, 10 + 4 * concurrency),
        reason: 'four for each handler and one receive; they stay hidden from others while they wait',
      }
    : { value: prefetch, reason: '' };

function planDeadLetter(
  { graph }: Context,
  consumer: Named<Consumer>,
  broker: string,
  fifo: boolean,
): Result<Decision<{ readonly queue: string }>> {
  const at = addressOf('consumers', consumer.id);
  const deadLetter = graph.deadLetterOf(consumer);
  if (!deadLetter)
    return fail([
      unresolved(
        at,
        'has no dead-letter queue, so a message that cannot be processed would be tried until it expires.',
        `Write deadLetter: true at queues/${consumer.value.channel}.`,
      ),
    ]);
  const queue = graph.channel(deadLetter.target);
  if (queue?.section !== 'queues' || queue.value.broker !== broker)
    return fail([
      unresolved(
        at,
        `its dead letters go to ${deadLetter.exchange ?? deadLetter.target}, which is no queue of the broker ${broker}.`,
        'Write deadLetter: true, or name a queue of that broker.',
      ),
    ]);
  if (isFifoQueue(queue.value) !== fifo)
    return fail([
      unsupported(
        at,
        `the dead-letter queue ${queue.id} is ${fifo ? 'standard' : 'FIFO'}, and its source is not.`,
        'Give both the same type; SQS moves messages between queues of one type only.',
      ),
    ]);
  return ok({
    value: { queue: nameOf(queue) },
    reason: 'sent and confirmed before the original is deleted',
  });
}
