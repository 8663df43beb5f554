import { addressOf, type Consumer, type ElementOf } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { type Context, nameOf, Problems } from '../context.ts';
import type { Decision, TopicConsumerPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { planConcurrency, planEnding } from './endings.ts';
import { groupOf } from './groups.ts';
import { planIdempotency } from './idempotency.ts';
import { type logDeadLetters, logRetryChannel } from './logChannels.ts';
import type { logRetries } from './logRetry.ts';
import { planOrdering } from './ordering.ts';

/** How the logs of one broker are read, and what they call things. */
interface LogConsumers {
  /** Such as `topic of Kafka`. */
  readonly log: string;
  /** Such as `a record`. */
  readonly message: string;
  /** Whether the parts of a log keep no order among them, for whoever relies on a total one. */
  isSplit(stream: ElementOf<'streams'>): boolean;
  /** What such a log is, such as `a topic of several partitions`. */
  readonly split: string;
  /** What makes it one part, such as `partitions: 1`. */
  readonly unsplit: string;
  /** What the settings of a consumer may not say. */
  refusals(consumer: Named<Consumer>): readonly Problem[];
  /** What is wrong with the name of a group, as a sentence; nothing where it may be. */
  groupProblem(group: string): string | undefined;
  readonly deadLetters: ReturnType<typeof logDeadLetters>;
  readonly retries: ReturnType<typeof logRetries>;
  prefetch(consumer: Consumer): Decision<number>;
  /** Why a consumer cannot be without a store, where it cannot, and what to do. */
  readonly needsStore?: { readonly why: string; readonly hint: string };
}

/** What is read from a log is dead-lettered to one. */
export type LogConsumerPlan = TopicConsumerPlan & {
  readonly deadLetter: Decision<{ readonly topic: string }>;
};

/** Consumers of a broker that has logs. */
export const logConsumers =
  (words: LogConsumers) =>
  (context: Context, consumer: Named<Consumer>, broker: string): Result<LogConsumerPlan> => {
    const { graph } = context;
    const { id, value } = consumer;
    const at = addressOf('consumers', id);
    const stream = graph.channel(value.channel);
    if (stream?.section !== 'streams')
      return fail([unsupported(at, `reads no ${words.log}.`, 'Connect it to a stream.')]);

    const problems = new Problems();
    problems.list.push(...words.refusals(consumer));
    const group = groupOf(consumer);
    const groupProblem = words.groupProblem(group);
    if (groupProblem !== undefined)
      problems.list.push({
        code: 'LOOM_NAME',
        message: `${at}: ${groupProblem}`,
        hint: 'Give another name, or leave group out.',
        element: at,
      });
    const messages = graph.messagesOf(consumer);
    if (messages.length === 0)
      problems.list.push(
        unresolved(
          at,
          'no message can reach it.',
          'Name its messages, or let a producer write to its stream.',
        ),
      );
    const others = [...graph.messagesArrivingAt(stream.id)].filter((each) => !messages.includes(each)).sort();
    const ordering = planOrdering(context, consumer);
    const isOrdered = ordering.mode.value !== 'none';
    if (ordering.mode.value === 'total' && words.isSplit(stream.value))
      problems.list.push(
        unsupported(
          at,
          `${words.split} has no order across them.`,
          `Write ${words.unsplit} at streams/${stream.id}, or ordering: per-key.`,
        ),
      );
    if (value.onFailure === 'stop' && !isOrdered)
      problems.list.push(
        unsupported(
          at,
          `onFailure: stop holds what comes after ${words.message} of its key, and no flow relies on that order.`,
          'Use dead-letter, or state ordering: per-key at the flow.',
        ),
      );
    const deadLetter = problems.take(words.deadLetters(context, consumer, broker));
    const retryTopic = problems.take(logRetryChannel(context, consumer, broker));
    const retry = problems.take(words.retries(context, consumer, retryTopic ?? '', isOrdered));
    const idempotency = problems.take(planIdempotency(context, consumer));
    if (words.needsStore && idempotency?.value === false)
      problems.list.push(unsupported(at, words.needsStore.why, words.needsStore.hint));
    if (!deadLetter || !retryTopic || !retry || !idempotency || problems.list.length > 0)
      return fail(problems.list);

    return ok({
      id,
      broker,
      topic: nameOf(stream),
      group,
      retryTopic,
      startFrom: {
        value: value.offsetReset ?? 'earliest',
        reason:
          value.offsetReset === undefined
            ? 'a new group reads what is there already, so that nothing is skipped'
            : '',
      },
      messages: [...messages].sort(),
      ...(others.length > 0 ? { ignores: others } : {}),
      concurrency: planConcurrency(value),
      prefetch: words.prefetch(value),
      ordering: ordering.mode,
      orderingKey: ordering.key,
      retry,
      deadLetter,
      ...planEnding(value),
      idempotency,
    });
  };
