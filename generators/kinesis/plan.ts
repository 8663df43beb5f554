import { addressOf, type Broker } from '../../core/design/design.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { awsAccess } from '../aws/access.ts';
import type { BrokerAccess } from '../broker.ts';
import { type Context, entries, Problems } from '../context.ts';
import type { TopicConsumerPlan } from '../endpoint.ts';
import { unsupported } from '../kit/problems.ts';
import { sharedGroups } from '../services/groups.ts';
import { planConsumer } from './consumer.ts';
import { kinesalite } from './emulator.ts';
import { nameProblems } from './names.ts';
import { planProducer } from './producer.ts';
import { brokerRefusals, flowRefusals } from './settings.ts';
import { planStreams, type StreamPlan } from './streams.ts';

/** Everything that is decided about the streams of one account and region. */
export interface KinesisPlan extends BrokerAccess {
  readonly streams: readonly StreamPlan[];
  readonly leases: { readonly pollMs: number };
}

/**
 * Milliseconds of a read of a shard, of which it allows five a second to all its groups together
 * (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html), with some room.
 */
const READ_MS = 250;

export function planKinesis(context: Context, id: string): Result<KinesisPlan> {
  const { graph } = context;
  const value = graph.design.brokers.get(id) ?? ({ kind: 'kinesis' } as Broker);
  const problems = new Problems();
  problems.list.push(...brokerRefusals({ id, value }));
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
  problems.list.push(...sharedGroups(reads, 'records'));

  const consumers = reads
    .map((consumer) => problems.take(planConsumer(context, consumer, id)))
    .filter((plan) => plan !== undefined);
  const producers = writes
    .map((producer) => problems.take(planProducer(context, producer, id)))
    .filter((plan) => plan !== undefined);
  const streams = problems.take(planStreams(context, id));
  if (!streams || problems.list.length > 0) return fail(problems.list);

  const access = awsAccess(context, id, value, kinesalite);
  return ok({
    ...access,
    transport: { module: 'kinesis', factory: 'kinesisFromEnv', admin: 'kinesisAdminFromEnv' },
    topology: { file: 'streams.json', type: 'KinesisTopology' },
    toolSettings: { [`${access.env}_EMULATOR`]: 'true' },
    leases: { pollMs: READ_MS * mostGroups(consumers) },
    streams,
    consumers: new Map(consumers.map((plan) => [plan.id, plan])),
    producers: new Map(producers.map((plan) => [plan.id, plan])),
  });
}

/** Groups of the stream that has most of them. */
function mostGroups(consumers: readonly TopicConsumerPlan[]): number {
  const counts = new Map<string, number>();
  for (const { topic } of consumers) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return Math.max(1, ...counts.values());
}

function foreignChannels({ graph }: Context, id: string): Problem[] {
  return (['exchanges', 'queues', 'topics'] as const).flatMap((section) =>
    entries<{ readonly broker: string }>(graph.design[section])
      .filter((each) => each.value.broker === id && !graph.origins.has(addressOf(section, each.id)))
      .map((each) =>
        unsupported(
          addressOf(section, each.id),
          `Kinesis has no ${section}.`,
          'Use a stream: each group of consumers reads all of it.',
        ),
      ),
  );
}
