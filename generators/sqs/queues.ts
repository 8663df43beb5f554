import { addressOf, type Queue } from '../../core/design/design.ts';
import { backstop } from '../../core/design/expand.ts';
import { deadLetterOf } from '../../core/design/policies.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { parseDuration } from '../../core/units.ts';
import { isFifoQueue } from '../aws/names.ts';
import { type Context, entries, nameOf, Problems } from '../context.ts';
import type { QueueConsumerPlan } from '../endpoint.ts';
import { unsupported } from '../kit/problems.ts';
import { queueRefusals } from './settings.ts';

/** A queue as it is declared, in the words of the messaging library. */
export interface QueuePlan {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly redrive?: { readonly queue: string; readonly maxReceiveCount: number };
  readonly topics: readonly string[];
  /** Names of the queues whose dead letters it keeps. */
  readonly lettersOf: readonly string[];
  /** Dead letters of one queue are not all that is here: moved back together, some would go to the wrong consumer. */
  readonly mixed: boolean;
  /** Why the settings are as they are, one sentence each. */
  readonly reasons: readonly string[];
}

/** All queues of a broker: those of the design, and those that dead letters imply. */
export function planQueues(
  { graph }: Context,
  broker: string,
  consumers: readonly QueueConsumerPlan[],
): Result<readonly QueuePlan[]> {
  const problems = new Problems();
  const plans: QueuePlan[] = [];
  for (const { id, value } of entries(graph.design.queues)) {
    if (value.broker !== broker) continue;
    problems.list.push(...queueRefusals({ id, value }));
    const name = value.name ?? id;
    const readers = consumers.filter(({ queue }) => queue === name);
    const isDeadLetter = consumers.some(
      ({ deadLetter }) => 'queue' in deadLetter.value && deadLetter.value.queue === name,
    );
    const redrive = redriveOf(id, value);
    const lettersOf = sourcesOf(id, name);
    plans.push({
      name,
      attributes: problems.take(attributesOf(id, value, isDeadLetter)) ?? {},
      ...(redrive === undefined ? {} : { redrive }),
      topics: topicsInto(id),
      lettersOf,
      mixed: lettersOf.length > 1 || (lettersOf.length > 0 && isFed(id)),
      reasons: [
        ...(isDeadLetter ? ['Keeps what a consumer could not process, as long as SQS keeps anything.'] : []),
        ...(redrive
          ? ['Received that often, a message crashes its consumers: attempts are counted by them, far below.']
          : []),
        ...(readers.length > 0
          ? [
              'While a service holds a message it extends the visibility timeout; when it dies, the message is seen again after it.',
            ]
          : []),
      ],
    });
  }
  plans.sort((a, b) => (a.name < b.name ? -1 : 1));
  return problems.list.length > 0 ? fail(problems.list) : ok(plans);

  /** That of the queue; where only its consumer has dead letters, SQS moves to the same place. */
  function redriveOf(id: string, queue: Queue): QueuePlan['redrive'] {
    const name = queue.name ?? id;
    const reader = consumers.find((each) => each.queue === name);
    const own = deadLetterOf(id, queue.deadLetter);
    const target = graph.channel(own?.target);
    const toQueue =
      target?.section === 'queues'
        ? nameOf(target)
        : reader && 'queue' in reader.deadLetter.value
          ? reader.deadLetter.value.queue
          : undefined;
    if (toQueue === undefined) return undefined;
    const maxReceiveCount = own?.shape.maxReceiveCount ?? backstop(reader?.retry.value.maxAttempts ?? 5);
    return { queue: toQueue, maxReceiveCount };
  }

  /** By redrive policies, which SQS knows, by consumers that send here, and by subscriptions. */
  function sourcesOf(id: string, name: string): string[] {
    const { queues, subscriptions } = graph.design;
    const redriving = entries(queues).filter((queue) => redriveOf(queue.id, queue.value)?.queue === name);
    const burying = consumers.filter(({ deadLetter: { value } }) => 'queue' in value && value.queue === name);
    const failing = [...subscriptions.values()].filter(({ deadLetter }) => deadLetter === id);
    const names = [
      ...redriving.map((queue) => queue.value.name ?? queue.id),
      ...burying.map(({ queue }) => queue),
      ...failing.map(({ endpoint }) => queues.get(endpoint)?.name ?? endpoint),
    ];
    return [...new Set(names)].sort();
  }

  /** Gets messages that have died nowhere. */
  function isFed(id: string): boolean {
    const { producers, subscriptions } = graph.design;
    return (
      [...producers.values()].some(({ channel }) => channel === id) ||
      [...subscriptions.values()].some(({ endpoint }) => endpoint === id)
    );
  }

  function topicsInto(id: string): string[] {
    return [...graph.design.subscriptions.values()]
      .filter(({ endpoint, deadLetter }) => endpoint === id || deadLetter === id)
      .flatMap(({ topic }) => {
        const value = graph.design.topics.get(topic);
        return value ? [value.name ?? topic] : [];
      })
      .sort();
  }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
function attributesOf(
  id: string,
  queue: Queue,
  isDeadLetter: boolean,
): Result<Readonly<Record<string, string>>> {
  const problems = new Problems();
  const seconds = (
    name: string,
    text: string | undefined,
    otherwise: number,
    [min, max]: readonly [number, number],
  ) => {
    const value = text === undefined ? otherwise : Math.round((parseDuration(text) ?? 0) / 1_000);
    if (value < min || value > max)
      problems.list.push(
        unsupported(
          addressOf('queues', id),
          `${name} is ${value} s; SQS takes ${min} to ${max}.`,
          'Give another duration.',
        ),
      );
    return String(value);
  };
  const attributes = {
    VisibilityTimeout: seconds('visibility', queue.visibility, 30, [1, 43_200]),
    MessageRetentionPeriod: seconds(
      'retention',
      queue.retention,
      isDeadLetter ? 1_209_600 : 345_600,
      [60, 1_209_600],
    ),
    ReceiveMessageWaitTimeSeconds: seconds('waitTime', queue.waitTime, 20, [1, 20]),
    DelaySeconds: seconds('delay', queue.delay, 0, [0, 900]),
    // Encrypted at rest with keys of SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html
    SqsManagedSseEnabled: 'true',
    ...(isFifoQueue(queue)
      ? {
          FifoQueue: 'true',
          ContentBasedDeduplication: String(queue.fifo?.contentBasedDedup ?? false),
          ...(queue.fifo?.highThroughput
            ? { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' }
            : { DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' }),
        }
      : {}),
  };
  return problems.list.length > 0 ? fail(problems.list) : ok(attributes);
}
