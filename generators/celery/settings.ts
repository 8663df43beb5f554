import { addressOf, type Consumer, type Flow, type Producer } from '../../core/design/design.ts';
import type { Problem } from '../../core/result.ts';
import { type Context, entries } from '../context.ts';
import { unsupported } from '../kit/problems.ts';
import { type Refusal, refusals } from '../kit/refusals.ts';
import { dropsAtShutdown, namesHandler } from '../services/refusals.ts';

const CONSUMER: readonly Refusal<Consumer>[] = [
  [
    ({ ack = 'after', noack, celery }) => ack !== 'after' || noack === true || celery?.acksLate === false,
    () => 'acknowledging before the work is done would lose tasks in a crash and is not generated.',
    'Leave ack, noack and acksLate out.',
  ],
  [
    ({ celery }) => celery?.acksOnFailure === true,
    () => 'a task that is acknowledged when it fails is lost.',
    'Leave acksOnFailure out: what fails is published to the dead-letter queue first.',
  ],
  [
    ({ celery }) => celery?.rejectOnWorkerLost === false,
    () => 'a task whose process is killed would be lost.',
    'Leave rejectOnWorkerLost out.',
  ],
  [
    ({ celery }) =>
      (celery?.serializer ?? 'json') !== 'json' || (celery?.acceptContent ?? []).some((e) => e !== 'json'),
    () => 'other content than JSON is not generated; pickle runs code of the sender.',
    'Leave serializer and acceptContent out.',
  ],
  [
    ({ celery }) => celery?.ignoreResult === false || celery?.resultExpires !== undefined,
    () => 'results of tasks are not stored: a consumer has no caller.',
    'Leave ignoreResult and resultExpires out, and answer with a message.',
  ],
  [
    ({ celery }) => celery?.manualRetry === true || celery?.autoretryFor !== undefined,
    () =>
      "Celery's own retries are not used: the worker tries again whatever its handler raises, with the back-off of retry.",
    'Leave manualRetry and autoretryFor out; nonRetryable of the retry policy names what is not tried again.',
  ],
  [
    ({ celery }) => celery?.prefetchMultiplier === 0,
    () => 'a worker without a limit would take the whole queue.',
    'Leave prefetchMultiplier out.',
  ],
  [
    ({ onFailure = 'dead-letter' }) => onFailure !== 'dead-letter',
    () => 'another end than the dead-letter queue is not generated: workers keep no order.',
    'Leave onFailure out.',
  ],
  namesHandler,
];

const PRODUCER: readonly Refusal<Producer>[] = [
  [
    ({ confirms, mandatory, persistent }) =>
      confirms === false || mandatory === false || persistent === false,
    () => 'sends that are not confirmed, or not kept, are not generated.',
    'Leave confirms, mandatory and persistent out.',
  ],
  dropsAtShutdown,
  [
    ({ publishVia = 'direct' }) => !['direct', 'outbox'].includes(publishVia),
    () => 'publishing by another way than directly or through an outbox is not generated.',
    'Use direct or outbox.',
  ],
];

const FLOW: readonly Refusal<Flow>[] = [
  [
    ({ ordering = 'none' }) => ordering !== 'none',
    () => 'workers of Celery keep no order: tasks of a queue go to whichever process is free.',
    'Leave ordering out, or use a queue with one active consumer, a FIFO queue or a stream.',
  ],
  [
    ({ delivery }) => delivery === 'exactly-once',
    () => 'Celery has no transactions with the effects of a handler.',
    'Write effectively-once.',
  ],
  [
    ({ style }) => style === 'request-reply',
    () => 'requests and replies over Celery are not generated: results are not stored.',
    'Use a queue of RabbitMQ, or events both ways.',
  ],
];

/** What the library does in one way only; asking for another must not pass in silence. */
export const producerRefusals = refusals('producers', PRODUCER);
export const consumerRefusals = refusals('consumers', CONSUMER);
export const flowRefusals = refusals('flows', FLOW);

/** Names that neither a shell nor a pattern of an access rule reads as something else. */
const LEGAL = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,200}$/;

/** Channels that Celery has not, and names of queues that are taken or cannot be written everywhere. */
export function channelProblems({ graph }: Context, broker: string): Problem[] {
  const foreign = (['exchanges', 'topics', 'streams'] as const).flatMap((section) =>
    entries<{ readonly broker: string }>(graph.design[section])
      .filter((each) => each.value.broker === broker)
      .map((each) => unsupported(addressOf(section, each.id), `Celery has no ${section}.`, 'Use a queue.')),
  );
  const owners = new Map<string, string>();
  const names = [...graph.design.queues].flatMap(([id, { broker: on, name = id }]): Problem[] => {
    if (on !== broker) return [];
    const owner = owners.get(name);
    owners.set(name, owner ?? id);
    if (owner === undefined && LEGAL.test(name)) return [];
    const element = graph.origins.get(addressOf('queues', id))?.address ?? addressOf('queues', id);
    const reason =
      owner === undefined
        ? 'has other characters than letters, digits, dots, underscores and hyphens.'
        : `is that of ${owner}.`;
    return [
      {
        code: 'LOOM_NAME',
        message: `${element}: the queue name ${JSON.stringify(name)} ${reason}`,
        hint: 'Give it another name.',
        element,
      },
    ];
  });
  return [...foreign, ...names];
}
