import { addressOf, type Broker } from '../../core/design/design.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { rabbitAddress, redisAddress } from '../addresses.ts';
import type { BrokerAccess } from '../broker.ts';
import { type Context, entries, nameOf, Problems } from '../context.ts';
import type { QueueConsumerPlan } from '../endpoint.ts';
import { constantCase } from '../kit/identifiers.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { planConsumer } from './consumer.ts';
import { planProducer } from './producer.ts';
import { channelProblems, flowRefusals } from './settings.ts';
import { planVisibility } from './visibility.ts';

/** Everything that is decided about the tasks of one Celery. */
export interface CeleryPlan extends BrokerAccess {
  readonly queues: readonly TaskQueuePlan[];
  readonly tasks: readonly QueueConsumerPlan[];
}

/** A queue as RabbitMQ has it. On Redis it is a list, and only its name counts. */
export interface TaskQueuePlan {
  readonly name: string;
  readonly arguments: Readonly<Record<string, string | number>>;
}

/** Far above the attempts, which workers count themselves: deliveries also count crashes. */
const BACKSTOP = 50;

export function planCelery(context: Context, id: string): Result<CeleryPlan> {
  const { graph } = context;
  const at = addressOf('brokers', id);
  const value = graph.design.brokers.get(id) ?? ({ kind: 'celery' } as Broker);
  const carrier = value.transport;
  const kind = graph.design.brokers.get(carrier ?? '')?.kind;
  if (carrier === undefined || (kind !== 'redis' && kind !== 'rabbitmq'))
    return fail([
      carrier === undefined
        ? unresolved(
            at,
            'no broker carries its tasks.',
            'Name one of the kind redis or rabbitmq as transport.',
          )
        : unsupported(
            at,
            `tasks over ${kind} are not generated.`,
            'Use a transport of the kind redis or rabbitmq.',
          ),
    ]);
  const problems = new Problems();
  problems.list.push(...versionProblems(id, value), ...channelProblems(context, id));

  const on = (channel: string | undefined): boolean => graph.channel(channel)?.value.broker === id;
  const reads = entries(graph.design.consumers).filter((each) => on(each.value.channel));
  const writes = entries(graph.design.producers).filter((each) => on(each.value.channel));
  const flows = new Map(
    [...reads.map((e) => addressOf('consumers', e.id)), ...writes.map((e) => addressOf('producers', e.id))]
      .flatMap((address) => graph.flowsOf(address))
      .map((flow) => [flow.id, flow]),
  );
  for (const flow of flows.values()) problems.list.push(...flowRefusals(flow));
  problems.list.push(
    ...sharedQueues(reads.map((each) => ({ id: each.id, queue: each.value.channel ?? '' }))),
  );

  const tasks = reads
    .map((consumer) => problems.take(planConsumer(context, consumer, { id, kind })))
    .filter((plan) => plan !== undefined);
  const producers = writes
    .map((producer) => problems.take(planProducer(context, producer, id)))
    .filter((plan) => plan !== undefined);
  const visibility = problems.take(
    planVisibility(
      reads,
      tasks.map(({ plan }) => plan),
    ),
  );
  if (!visibility || problems.list.length > 0) return fail(problems.list);

  const module = `celery/${kind}`;
  const factory = kind === 'redis' ? 'celeryRedis' : 'celeryRabbitmq';
  return ok({
    id,
    env: constantCase(carrier),
    transport: { module, factory: `${factory}FromEnv`, admin: `${factory}AdminFromEnv` },
    topology: { file: 'queues.json', type: 'Topology' },
    url: kind === 'redis' ? redisAddress(context, carrier) : rabbitAddress(context, carrier),
    carried: {
      by: carrier,
      kind,
      visibility,
      tasks: new Map(tasks.map(({ plan, limits }) => [plan.id, limits])),
    },
    queues: planQueues(
      context,
      id,
      tasks.map(({ plan }) => plan),
    ),
    tasks: tasks.map(({ plan }) => plan),
    consumers: new Map(tasks.map(({ plan }) => [plan.id, plan])),
    producers: new Map(producers.map((plan) => [plan.id, plan])),
  });
}

function planQueues(
  { graph }: Context,
  broker: string,
  tasks: readonly QueueConsumerPlan[],
): readonly TaskQueuePlan[] {
  const dead = new Map(
    tasks.map(({ queue, deadLetter: { value } }) => [queue, 'queue' in value ? value.queue : '']),
  );
  const named = [...graph.design.queues]
    .filter(([, queue]) => queue.broker === broker)
    .map(([id, value]) => nameOf({ id, section: 'queues', value }));
  const delays = tasks.flatMap(({ queue, retry }) =>
    retry.value.tiers.map((tier) => ({
      name: tier.queue,
      arguments: {
        'x-queue-type': 'quorum',
        'x-message-ttl': tier.delayMs,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': queue,
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      },
    })),
  );
  const plans = named.map((name) => ({
    name,
    arguments: {
      'x-queue-type': 'quorum',
      'x-overflow': 'reject-publish',
      ...(dead.has(name)
        ? {
            'x-delivery-limit': BACKSTOP,
            'x-dead-letter-exchange': '',
            'x-dead-letter-routing-key': dead.get(name) ?? '',
            'x-dead-letter-strategy': 'at-least-once',
          }
        : {}),
    },
  }));
  return [...plans, ...delays].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function versionProblems(id: string, { version }: Broker): Problem[] {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,3})(?:\.\d{1,5})?$/.exec(version ?? '5.7') ?? [];
  return Number(major) === 5 && Number(minor) >= 6
    ? []
    : [
        unsupported(
          addressOf('brokers', id),
          `workers of Celery ${version} are not generated.`,
          'Leave version out, or write "5.6" or "5.7".',
        ),
      ];
}

/** A task goes to one worker: two consumers of a queue would each miss some. */
function sharedQueues(reads: readonly { readonly id: string; readonly queue: string }[]): Problem[] {
  const owners = new Map<string, string>();
  return reads.flatMap(({ id, queue }) => {
    const owner = owners.get(queue);
    owners.set(queue, owner ?? id);
    return owner === undefined
      ? []
      : [
          unsupported(
            addressOf('consumers', id),
            `reads the queue of ${owner}: each would get only a part of its tasks.`,
            'Give each consumer a queue of its own.',
          ),
        ];
  });
}
