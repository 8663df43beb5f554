import { addressOf, type Broker } from '../../core/design/design.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { parseSize } from '../../core/units.ts';
import { redisAddress, redisPort } from '../addresses.ts';
import type { BrokerAccess } from '../broker.ts';
import { images } from '../compose/images.ts';
import { type Context, entries, Problems } from '../context.ts';
import { constantCase } from '../kit/identifiers.ts';
import { unsupported } from '../kit/problems.ts';
import { sharedGroups } from '../services/groups.ts';
import { planConsumer, type RedisConsumerPlan } from './consumer.ts';
import { nameProblems } from './names.ts';
import { planProducer } from './producer.ts';
import { brokerRefusals, flowRefusals } from './settings.ts';
import { planStreams, type StreamPlan } from './streams.ts';
import { planUsers, type UserPlan } from './users.ts';

/** Everything that is decided about one Redis. */
export interface RedisPlan extends BrokerAccess {
  readonly image: string;
  /** Port on this machine's loopback. */
  readonly port: number;
  readonly fsync: 'always' | 'everysec';
  /** Bytes. */
  readonly maxmemory: number;
  readonly streams: readonly StreamPlan[];
  readonly users: readonly UserPlan[];
  readonly redisConsumers: readonly RedisConsumerPlan[];
}

const MAX_MEMORY = 1024 * 1024 * 1024;

export function planRedis(context: Context, id: string): Result<RedisPlan> {
  const { graph } = context;
  const value = graph.design.brokers.get(id) ?? ({ kind: 'redis' } as Broker);
  const problems = new Problems();
  problems.list.push(...brokerRefusals({ id, value }), ...versionProblems(id, value));
  problems.list.push(...foreignChannels(context, id), ...nameProblems(context, id));

  const on = (channel: string | undefined): boolean => graph.channel(channel)?.value.broker === id;
  const reads = entries(graph.design.consumers).filter((each) => on(each.value.channel));
  const writes = entries(graph.design.producers).filter((each) => on(each.value.channel));
  const flows = new Map(
    [...reads.map((e) => addressOf('consumers', e.id)), ...writes.map((e) => addressOf('producers', e.id))]
      .flatMap((address) => graph.flowsOf(address))
      .map((flow) => [flow.id, flow]),
  );
  for (const flow of flows.values()) problems.list.push(...flowRefusals(flow));
  problems.list.push(...sharedGroups(reads, 'entries'));

  const consumers = reads
    .map((consumer) => problems.take(planConsumer(context, consumer, id)))
    .filter((plan) => plan !== undefined);
  const producers = writes
    .map((producer) => problems.take(planProducer(context, producer, id)))
    .filter((plan) => plan !== undefined);
  const streams = problems.take(planStreams(context, id, consumers));
  if (!streams || problems.list.length > 0) return fail(problems.list);

  return ok({
    id,
    env: constantCase(id),
    transport: {
      module: 'redis',
      factory: 'redisStreamsFromEnv',
      admin: 'redisStreamsAdminFromEnv',
    },
    topology: { file: 'streams.json', type: 'RedisTopology' },
    url: redisAddress(context, id),
    image: value.version === undefined ? images.redis : `redis:${value.version}`,
    port: redisPort(context, id),
    fsync: value.fsync === 'always' ? 'always' : 'everysec',
    maxmemory: Math.floor(parseSize(value.maxmemory ?? '') ?? MAX_MEMORY),
    streams,
    users: planUsers(context, id, consumers, producers),
    redisConsumers: consumers,
    consumers: new Map(consumers.map(({ plan }) => [plan.id, plan])),
    producers: new Map(producers.map((plan) => [plan.id, plan])),
  });
}

/** What the library needs came with Redis 7.0: the lag of groups, and claims that pass over what was deleted. */
function versionProblems(id: string, { version }: Broker): Problem[] {
  const [, major = '0'] = /^(\d{1,3})(?:\.\d{1,3}){0,2}$/.exec(version ?? '7') ?? [];
  return Number(major) >= 7
    ? []
    : [
        unsupported(
          addressOf('brokers', id),
          `Redis ${version} is not supported.`,
          'Give a version such as "8.2"; 7.0 is the oldest.',
        ),
      ];
}

function foreignChannels({ graph }: Context, id: string): Problem[] {
  return (['exchanges', 'queues', 'topics'] as const).flatMap((section) =>
    entries<{ readonly broker: string }>(graph.design[section])
      .filter((each) => each.value.broker === id && !graph.origins.has(addressOf(section, each.id)))
      .map((each) =>
        unsupported(
          addressOf(section, each.id),
          section === 'topics'
            ? 'Pub/Sub of Redis forgets what nobody listens to, and is not generated.'
            : `Redis Streams has no ${section}.`,
          'Use a stream: each group of consumers reads all of it.',
        ),
      ),
  );
}
