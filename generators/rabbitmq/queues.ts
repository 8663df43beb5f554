import { addressOf, type ElementAddress, type Queue } from '../../core/design/design.ts';
import type { Graph } from '../../core/design/graph.ts';
import { deadLetterOf } from '../../core/design/policies.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { parseDuration, parseSize } from '../../core/units.ts';
import { type Context, nameOf } from '../context.ts';
import type { QueueConsumerPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { atLeast, type Version } from './version.ts';

export interface QueuePlan {
  readonly name: string;
  readonly durable: boolean;
  readonly arguments: Readonly<Record<string, string | number | boolean>>;
  /** Why the arguments are as they are, one sentence each. */
  readonly reasons: readonly string[];
  /** Of a delay queue: how long a message waits, in ms, and for which queue. */
  readonly delay?: { readonly ms: number; readonly returnsTo: string };
}

/** Crashes of a consumer count as deliveries too, so the broker's own limit stays far above the retry policy's. */
const BACKSTOP = 50;

/**
 * Stands for "no limit" on queues without a dead-letter target, where RabbitMQ 4 would drop a message after its default
 * of 20 deliveries. `-1` says the same, but versions before 4.0 refuse to declare such a queue.
 */
const UNLIMITED = 1_000_000_000;

/** All queues of a broker: those of the design, implied dead-letter queues, and the delay queues of its consumers. */
export function planQueues(
  { graph }: Context,
  broker: string,
  version: Version,
  consumers: readonly QueueConsumerPlan[],
): Result<readonly QueuePlan[]> {
  const delays = delayQueues(consumers);
  const plans: QueuePlan[] = delays.map(delayQueue);
  const problems: Problem[] = [];
  for (const consumer of consumers) {
    if (!consumer.source) continue;
    const own = ownQueue(graph, broker, version, consumer);
    if (own.ok) plans.push(own.value);
    else problems.push(...own.error);
  }
  const known = new Set(plans.map(({ name }) => name));
  for (const [id, queue] of graph.design.queues) {
    const name = queue.name ?? id;
    // Delay queues of the shorthand are made for those consumers alone that use them.
    const implied = graph.origins.get(addressOf('queues', id));
    if (queue.broker !== broker || known.has(name) || implied?.field === 'retry') continue;
    const plan = planQueue(graph, id, queue, version);
    if (plan.ok) plans.push(plan.value);
    // What is wrong with a queue that the shorthand implies is wrong with the queue that has the shorthand.
    else if (!implied) problems.push(...plan.error);
  }
  plans.sort((a, b) => (a.name < b.name ? -1 : 1));
  return problems.length > 0 ? fail(problems) : ok(plans);
}

/** Where a consumer of a stream finds what it tries again and what is replayed: a stream takes nothing back. */
function ownQueue(
  graph: Graph,
  broker: string,
  version: Version,
  consumer: QueueConsumerPlan,
): Result<QueuePlan> {
  const deadLetter = graph.design.consumers.get(consumer.id)?.deadLetter;
  const target = deadLetterOf(consumer.id, deadLetter);
  const plan = planQueue(
    graph,
    consumer.queue,
    { broker, ...(target?.target === undefined ? {} : { deadLetter: target.target }) },
    version,
  );
  return plan.ok
    ? ok({ ...plan.value, reasons: [`Retries and replays of ${consumer.id} alone.`, ...plan.value.reasons] })
    : plan;
}

interface Delay {
  readonly name: string;
  readonly delayMs: number;
  readonly returnsTo: string;
}

function delayQueues(consumers: readonly QueueConsumerPlan[]): readonly Delay[] {
  const byName = new Map<string, Delay>();
  for (const { queue, retry } of consumers) {
    for (const tier of retry.value.tiers)
      byName.set(tier.queue, { name: tier.queue, delayMs: tier.delayMs, returnsTo: queue });
  }
  return [...byName.values()];
}

/** Where a failed message waits: it expires after the fixed time and returns to the queue whose consumer failed. */
const delayQueue = ({ name, delayMs, returnsTo }: Delay): QueuePlan => ({
  name,
  durable: true,
  arguments: {
    'x-queue-type': 'quorum',
    'x-message-ttl': delayMs,
    'x-dead-letter-exchange': '',
    'x-dead-letter-routing-key': returnsTo,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  },
  reasons: [],
  delay: { ms: delayMs, returnsTo },
});

function planQueue(graph: Graph, id: string, queue: Queue, version: Version): Result<QueuePlan> {
  const at = addressOf('queues', id);
  const type = queue.type ?? 'quorum';
  if (type !== 'quorum' && type !== 'classic')
    return fail([unsupported(at, `RabbitMQ has no ${type} queues.`, 'Use quorum or classic.')]);
  if (queue.exclusive || queue.autoDelete)
    return fail([
      unsupported(at, 'exclusive and auto-delete queues are not generated.', 'Use a durable queue.'),
    ]);
  if (queue.durable === false && type === 'quorum')
    return fail([unsupported(at, 'a quorum queue is always durable.', 'Leave durable out, or use classic.')]);
  if (type === 'quorum' && queue.overflow === 'reject-publish-dlx')
    return fail([unsupported(at, 'quorum queues have no reject-publish-dlx.', 'Use reject-publish.')]);

  const unfit = unfitSettings(at, queue, type, version);
  if (unfit.length > 0) return fail(unfit);

  const deadLetter = planDeadLetter(graph, id, queue);
  if (!deadLetter.ok) return deadLetter;
  const settings = [
    { 'x-queue-type': type },
    ...limitSettings(queue),
    ...deadLetter.value.settings,
    type === 'quorum' ? deliverySettings(queue, deadLetter.value) : {},
    queue.singleActiveConsumer ? { 'x-single-active-consumer': true } : {},
    millis('x-expires', queue.expires),
    queue.maxPriority === undefined ? {} : { 'x-max-priority': queue.maxPriority },
    millis('x-consumer-timeout', queue.consumerTimeout),
  ];
  const reasons = [
    ...(queue.expires === undefined
      ? []
      : ['Deleted with its messages once it has been without consumers for so long.']),
    ...(queue.overflow === undefined && (queue.maxLength ?? queue.maxLengthBytes) !== undefined
      ? ['reject-publish: a full queue refuses new messages; by default the oldest would be lost silently.']
      : []),
    ...deadLetter.value.reasons,
    ...(type === 'quorum' && deadLetter.value.settings.length > 0 && (queue.deliveryLimit ?? 0) >= 0
      ? [
          'Delivery limit: a backstop for messages that crash their consumer; attempts are counted by the consumer.',
        ]
      : []),
    ...(type === 'quorum' && deadLetter.value.settings.length === 0 && queue.deliveryLimit === undefined
      ? [
          'A delivery limit out of reach: by default RabbitMQ 4 drops a message after 20 deliveries where it has no dead-letter target.',
        ]
      : []),
  ];
  const decided: Setting = Object.assign({}, ...settings);
  const twice = Object.keys(queue.arguments ?? {}).find((name) => name in decided);
  if (twice !== undefined)
    return fail([
      unsupported(
        at,
        `the argument ${twice} is decided by the attributes of the queue.`,
        'Take it out of arguments; the attribute of that meaning says it.',
      ),
    ]);
  return ok({
    name: queue.name ?? id,
    durable: queue.durable ?? true,
    arguments: { ...decided, ...queue.arguments },
    reasons,
  });
}

/** Settings that this type of queue, or this version, would ignore or refuse. */
function unfitSettings(at: ElementAddress, queue: Queue, type: string, version: Version): Problem[] {
  const found: Problem[] = [];
  if (queue.delayedRetry !== undefined)
    found.push(
      unsupported(
        at,
        'delayedRetry is not generated: the consumers wait in delay queues, on every version.',
        'Leave it out; retry says how long.',
      ),
    );
  // https://www.rabbitmq.com/docs/priority: quorum queues have priorities by themselves and ignore it.
  if (queue.maxPriority !== undefined && type === 'quorum')
    found.push(
      unsupported(at, 'a quorum queue has no maxPriority.', 'Leave it out, or use the type classic.'),
    );
  if (queue.deliveryLimit !== undefined && type === 'classic')
    found.push(
      unsupported(at, 'a classic queue counts no deliveries.', 'Leave deliveryLimit out, or use quorum.'),
    );
  // https://www.rabbitmq.com/docs/consumers#per-queue-delivery-timeouts-using-an-optional-queue-argument
  if (queue.consumerTimeout !== undefined && !atLeast(version, [3, 12]))
    found.push(
      unsupported(
        at,
        'a time-out of its own needs RabbitMQ 3.12.',
        'Set consumerTimeout at the broker, or give a newer version.',
      ),
    );
  // https://www.rabbitmq.com/docs/consumers#acknowledgement-timeout
  if (queue.consumerTimeout !== undefined && type === 'classic' && atLeast(version, [4, 3]))
    found.push(
      unsupported(
        at,
        'from RabbitMQ 4.3 on classic queues have no time-out.',
        'Leave it out, or use quorum.',
      ),
    );
  return found;
}

type Setting = Readonly<Record<string, string | number | boolean>>;

const millis = (name: string, duration: string | undefined): Setting => {
  const ms = parseDuration(duration ?? '');
  return ms === undefined ? {} : { [name]: Math.round(ms) };
};

/** https://www.rabbitmq.com/docs/maxlength, https://www.rabbitmq.com/docs/ttl */
function limitSettings(queue: Queue): Setting[] {
  const bytes = parseSize(queue.maxLengthBytes ?? '');
  return [
    queue.maxLength === undefined ? {} : { 'x-max-length': queue.maxLength },
    bytes === undefined ? {} : { 'x-max-length-bytes': Math.round(bytes) },
    { 'x-overflow': queue.overflow ?? 'reject-publish' },
    millis('x-message-ttl', queue.messageTtl),
  ];
}

interface DeadLetterSettings {
  readonly settings: readonly Setting[];
  readonly reasons: readonly string[];
}

/** The broker's own way to the dead-letter queue: the backstop, since consumers publish dead letters themselves. */
function planDeadLetter(graph: Graph, id: string, queue: Queue): Result<DeadLetterSettings> {
  const deadLetter = deadLetterOf(id, queue.deadLetter);
  if (!deadLetter) return ok({ settings: [], reasons: [] });
  const target = graph.channel(deadLetter.target);
  const exchange = graph.channel(deadLetter.exchange);
  const wrong =
    (deadLetter.exchange !== undefined && exchange?.section !== 'exchanges') ||
    (deadLetter.target !== undefined && target?.section !== 'queues');
  if (wrong)
    return fail([
      unresolved(
        addressOf('queues', id),
        `its dead letters go to ${deadLetter.exchange ?? deadLetter.target}, which is no ${deadLetter.exchange ? 'exchange' : 'queue'} of the design.`,
        'Write deadLetter: true, or draw the target.',
      ),
    ]);
  const key = deadLetter.routingKey ?? (target && nameOf(target));
  const strict = (queue.type ?? 'quorum') === 'quorum' && deadLetter.shape.strategy !== 'at-most-once';
  // https://www.rabbitmq.com/docs/quorum-queues#dead-lettering: at-least-once works only with reject-publish.
  const atLeastOnce = strict && (queue.overflow ?? 'reject-publish') === 'reject-publish';
  return ok({
    settings: [
      { 'x-dead-letter-exchange': exchange ? nameOf(exchange) : '' },
      key === undefined ? {} : { 'x-dead-letter-routing-key': key },
      atLeastOnce ? { 'x-dead-letter-strategy': 'at-least-once' } : {},
    ],
    reasons: atLeastOnce
      ? ['At-least-once: the broker forgets a dead letter only once its target has it.']
      : [],
  });
}

/** https://www.rabbitmq.com/docs/quorum-queues#poison-message-handling */
function deliverySettings(queue: Queue, deadLetter: DeadLetterSettings): Setting {
  const limit = queue.deliveryLimit ?? (deadLetter.settings.length > 0 ? BACKSTOP : UNLIMITED);
  return { 'x-delivery-limit': limit < 0 ? UNLIMITED : limit };
}
