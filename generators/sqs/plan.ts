import { addressOf, type Broker } from '../../core/design/design.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { awsAccess } from '../aws/access.ts';
import { fauxqs } from '../aws/emulator.ts';
import type { BrokerAccess } from '../broker.ts';
import { type Context, entries, Problems } from '../context.ts';
import type { QueueConsumerPlan } from '../endpoint.ts';
import { unsupported } from '../kit/problems.ts';
import { planConsumer } from './consumer.ts';
import { nameProblems } from './names.ts';
import { planProducer } from './producer.ts';
import { planQueues, type QueuePlan } from './queues.ts';
import { brokerRefusals, flowRefusals } from './settings.ts';

/** Everything that is decided about the queues of one account and region. */
export interface SqsPlan extends BrokerAccess {
  readonly queues: readonly QueuePlan[];
  readonly sqsConsumers: readonly QueueConsumerPlan[];
}

export function planSqs(context: Context, id: string): Result<SqsPlan> {
  const { graph } = context;
  const value = graph.design.brokers.get(id) ?? ({ kind: 'sqs' } as Broker);
  const problems = new Problems();
  problems.list.push(...brokerRefusals({ id, value }), ...foreignChannels(context, id));
  problems.list.push(...nameProblems(context, id));

  const on = (channel: string | undefined): boolean => graph.channel(channel)?.value.broker === id;
  const reads = entries(graph.design.consumers).filter((each) => on(each.value.channel));
  const writes = entries(graph.design.producers).filter((each) => on(each.value.channel));
  const flows = new Map(
    [...reads.map((e) => addressOf('consumers', e.id)), ...writes.map((e) => addressOf('producers', e.id))]
      .flatMap((address) => graph.flowsOf(address))
      .map((flow) => [flow.id, flow]),
  );
  for (const flow of flows.values()) problems.list.push(...flowRefusals(flow));

  const consumers = reads
    .map((consumer) => problems.take(planConsumer(context, consumer, id)))
    .filter((plan) => plan !== undefined);
  const producers = writes
    .map((producer) => problems.take(planProducer(context, producer, id)))
    .filter((plan) => plan !== undefined);
  const queues = problems.take(planQueues(context, id, consumers));
  if (!queues || problems.list.length > 0) return fail(problems.list);
  return ok({
    ...awsAccess(context, id, value, fauxqs),
    transport: { module: 'sqs', factory: 'sqsFromEnv', admin: 'sqsAdminFromEnv' },
    topology: { file: 'queues.json', type: 'SqsTopology' },
    queues,
    sqsConsumers: consumers,
    consumers: new Map(consumers.map((plan) => [plan.id, plan])),
    producers: new Map(producers.map((plan) => [plan.id, plan])),
  });
}

function foreignChannels({ graph }: Context, id: string): Problem[] {
  return (['exchanges', 'topics', 'streams'] as const).flatMap((section) =>
    entries<{ readonly broker: string }>(graph.design[section])
      .filter((each) => each.value.broker === id)
      .map((each) =>
        unsupported(
          addressOf(section, each.id),
          `SQS has no ${section}.`,
          'Use a queue; to copy messages to several, a topic on a broker of the kind sns.',
        ),
      ),
  );
}
