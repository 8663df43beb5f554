import { addressOf, type Broker } from '../../core/design/design.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { awsAccess } from '../aws/access.ts';
import { fauxqs } from '../aws/emulator.ts';
import { awsProducers } from '../aws/producer.ts';
import type { BrokerAccess } from '../broker.ts';
import { type Context, entries, Problems } from '../context.ts';
import { unsupported } from '../kit/problems.ts';
import { nameProblems } from './names.ts';
import { brokerRefusals, producerRefusals } from './settings.ts';
import { planTopics, type TopicsPlan } from './topics.ts';

/** Everything that is decided about the topics of one account and region. */
export interface SnsPlan extends BrokerAccess, TopicsPlan {
  /** Where the queues are that its topics deliver to. */
  readonly queueBrokers: readonly string[];
}

export function planSns(context: Context, id: string): Result<SnsPlan> {
  const { graph } = context;
  const value = graph.design.brokers.get(id) ?? ({ kind: 'sns' } as Broker);
  const problems = new Problems();
  problems.list.push(...brokerRefusals({ id, value }), ...foreignChannels(context, id));
  problems.list.push(...nameProblems(context, id));
  const on = (channel: string | undefined): boolean => graph.channel(channel)?.value.broker === id;
  for (const consumer of entries(graph.design.consumers).filter((each) => on(each.value.channel)))
    problems.list.push(
      unsupported(
        addressOf('consumers', consumer.id),
        'a topic of SNS keeps nothing to read.',
        'Subscribe a queue of SQS to the topic, and connect the consumer to that.',
      ),
    );
  const producers = entries(graph.design.producers)
    .filter((each) => on(each.value.channel))
    .map((producer) => problems.take(planProducer(context, producer, id)))
    .filter((plan) => plan !== undefined);
  const topics = problems.take(planTopics(context, id));
  if (!topics || problems.list.length > 0) return fail(problems.list);
  return ok({
    ...awsAccess(context, id, value, fauxqs),
    ...topics,
    queueBrokers: entries(graph.design.brokers).flatMap((each) =>
      each.value.kind === 'sqs' ? [each.id] : [],
    ),
    transport: { module: 'sns', factory: 'snsFromEnv', admin: 'snsAdminFromEnv' },
    topology: { file: 'topics.json', type: 'SnsTopology' },
    consumers: new Map(),
    producers: new Map(producers.map((plan) => [plan.id, plan])),
  });
}

const planProducer = awsProducers({
  section: 'topics',
  elsewhere: ['publishes to no topic of SNS.', 'Connect it to a topic.'],
  refusals: producerRefusals,
  to: (exchange) => ({ exchange }),
});

function foreignChannels({ graph }: Context, id: string): Problem[] {
  return (['exchanges', 'queues', 'streams'] as const).flatMap((section) =>
    entries<{ readonly broker: string }>(graph.design[section])
      .filter((each) => each.value.broker === id)
      .map((each) =>
        unsupported(
          addressOf(section, each.id),
          `SNS has no ${section}, only topics.`,
          'Put it on a broker of the kind sqs, and subscribe it to a topic.',
        ),
      ),
  );
}
