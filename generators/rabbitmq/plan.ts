import { addressOf, type Broker } from '../../core/design/design.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { offsetOf, rabbitAddress, rabbitManagement } from '../addresses.ts';
import type { BrokerAccess } from '../broker.ts';
import { images } from '../compose/images.ts';
import { type Context, entries, Problems } from '../context.ts';
import { constantCase } from '../kit/identifiers.ts';
import { unsupported } from '../kit/problems.ts';
import { planConsumer } from './consumer.ts';
import { nameProblems } from './names.ts';
import { planProducer } from './producer.ts';
import { planQueues, type QueuePlan } from './queues.ts';
import { type BindingPlan, type ExchangePlan, planBindings, planExchanges } from './routing.ts';
import { planStreams } from './streams.ts';
import { planUsers, type UserPlan } from './users.ts';
import { atLeast, type Version } from './version.ts';

/** Everything that is decided about one RabbitMQ broker. */
export interface RabbitPlan extends BrokerAccess {
  readonly image: string;
  /** Added to the usual ports on this machine, so that two brokers do not meet. */
  readonly offset: number;
  readonly vhost: string;
  readonly exchanges: readonly ExchangePlan[];
  readonly queues: readonly QueuePlan[];
  readonly bindings: readonly BindingPlan[];
  readonly users: readonly UserPlan[];
  readonly limits: Pick<Broker, 'maxMessageSize' | 'consumerTimeout'>;
}

export function planRabbit(context: Context, id: string): Result<RabbitPlan> {
  const { graph, scope } = context;
  const broker = graph.design.brokers.get(id);
  const at = addressOf('brokers', id);
  const text = broker?.version ?? images.rabbitmq.version;
  const [, major, minor] = /^(\d{1,3})\.(\d{1,3})(?:\.\d{1,5})?$/.exec(text) ?? [];
  const version: Version = [Number(major), Number(minor)];
  if (major === undefined || !atLeast(version, [3, 10])) {
    return fail([
      unsupported(
        at,
        `RabbitMQ ${text} is not supported.`,
        'Give a version such as "4.3"; 3.10 is the oldest.',
      ),
    ]);
  }
  const problems = new Problems();
  problems.list.push(...nameProblems(context, id));
  if (broker?.tls)
    problems.list.push(
      unsupported(
        at,
        'a broker with TLS is not generated yet.',
        'Services can use one all the same: set its amqps:// URL; leave tls out here.',
      ),
    );
  if (broker?.emulator !== undefined)
    problems.list.push(
      unsupported(at, 'the compose file runs RabbitMQ itself, in its version.', 'Leave emulator out.'),
    );
  for (const [topic, { broker: on }] of graph.design.topics) {
    if (on === id)
      problems.list.push(
        unsupported(addressOf('topics', topic), 'RabbitMQ has no topics.', 'Use an exchange of type topic.'),
      );
  }

  const on = (channel: string | undefined): boolean => graph.channel(channel)?.value.broker === id;
  const consumers = entries(graph.design.consumers)
    .filter(({ value }) => on(value.channel))
    .map((consumer) => problems.take(planConsumer(context, consumer, id)))
    .filter((plan) => plan !== undefined);
  const producers = entries(graph.design.producers)
    .filter(({ value }) => on(value.channel))
    .map((producer) => problems.take(planProducer(context, producer, id)))
    .filter((plan) => plan !== undefined);
  const queues = problems.take(planQueues(context, id, version, consumers));
  const streams = problems.take(planStreams(context, id));
  const exchanges = problems.take(planExchanges(context, id));
  const bindings = problems.take(planBindings(context, id));
  if (!queues || !streams || !exchanges || !bindings || problems.list.length > 0) return fail(problems.list);

  return ok({
    id,
    env: constantCase(id),
    transport: { module: 'rabbitmq', factory: 'rabbitmqFromEnv', admin: 'rabbitmqAdminFromEnv' },
    topology: { file: 'definitions.json', type: 'Topology' },
    url: rabbitAddress(context, id),
    management: rabbitManagement(context, id),
    offset: offsetOf(context, id, 'rabbitmq'),
    image: images.rabbitmq.tag(text),
    vhost: scope,
    exchanges,
    queues: [...queues, ...streams].sort((a, b) => (a.name < b.name ? -1 : 1)),
    bindings,
    users: planUsers(context, id, consumers, producers),
    consumers: new Map(consumers.map((plan) => [plan.id, plan])),
    producers: new Map(producers.map((plan) => [plan.id, plan])),
    limits: broker ?? {},
  });
}
