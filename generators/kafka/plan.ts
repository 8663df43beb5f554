import { addressOf, type Broker } from '../../core/design/design.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import type { BrokerAccess } from '../broker.ts';
import { images } from '../compose/images.ts';
import { type Context, entries, Problems } from '../context.ts';
import type { TopicConsumerPlan } from '../endpoint.ts';
import { constantCase } from '../kit/identifiers.ts';
import { unsupported } from '../kit/problems.ts';
import { sharedGroups } from '../services/groups.ts';
import { planConsumer } from './consumer.ts';
import { nameProblems } from './names.ts';
import { planProducer } from './producer.ts';
import { PORTS, type PropertyGroup, serverProperties } from './server.ts';
import { flowRefusals } from './settings.ts';
import { planTiers, planTopics, type TopicPlan } from './topics.ts';
import { planUsers, type UserPlan } from './users.ts';
import { fullVersion } from './version.ts';

/** Everything that is decided about one Kafka cluster. */
export interface KafkaPlan extends BrokerAccess {
  readonly image: string;
  /** Port on this machine's loopback. */
  readonly port: number;
  readonly topics: readonly TopicPlan[];
  readonly users: readonly UserPlan[];
  /** Configuration of the one node of the compose file. */
  readonly server: readonly PropertyGroup[];
  readonly consumerPlans: readonly TopicConsumerPlan[];
}

export function planKafka(context: Context, id: string): Result<KafkaPlan> {
  const { graph } = context;
  const broker = graph.design.brokers.get(id);
  const problems = new Problems();
  const version = fullVersion(broker?.version ?? images.kafka.version);
  problems.list.push(...brokerProblems(context, id, broker, version), ...nameProblems(context, id));

  const on = (channel: string | undefined): boolean => graph.channel(channel)?.value.broker === id;
  const reads = entries(graph.design.consumers).filter(({ value }) => on(value.channel));
  const writes = entries(graph.design.producers).filter(({ value }) => on(value.channel));
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
  const designed = problems.take(planTopics(context, id));
  const topics = designed && problems.take(planTiers(designed, consumers));
  if (!topics || version === undefined || problems.list.length > 0) return fail(problems.list);

  const offset = [...graph.design.brokers]
    .filter(([, { kind }]) => kind === 'kafka')
    .findIndex(([other]) => other === id);
  const env = constantCase(id);
  const port = PORTS.inside + offset * PORT_STEP;
  return ok({
    id,
    env,
    transport: { module: 'kafka', factory: 'kafkaFromEnv', admin: 'kafkaAdminFromEnv' },
    topology: { file: 'topics.json', type: 'KafkaTopology' },
    url: { inside: `kafka://${id}:${PORTS.inside}`, outside: `kafka://127.0.0.1:${port}` },
    toolSettings: {
      [`${env}_REPLICATION_LIMIT`]: '1',
      [`${env}_CREDENTIALS_FILE`]: `secrets/${id}/users.json`,
    },
    image: images.kafka.tag(version),
    port,
    topics,
    users: planUsers(context, id, consumers, producers),
    server: serverProperties({ host: id, outsidePort: port, limits: broker ?? {} }),
    consumerPlans: consumers,
    consumers: new Map(consumers.map((plan) => [plan.id, plan])),
    producers: new Map(producers.map((plan) => [plan.id, plan])),
  });
}

/** Between the ports of two clusters on this machine; the ones in between are taken by habit for controllers. */
const PORT_STEP = 10;

function brokerProblems(
  { graph }: Context,
  id: string,
  broker: Broker | undefined,
  version: string | undefined,
): Problem[] {
  const at = addressOf('brokers', id);
  const refuse = (message: string, hint: string): Problem => unsupported(at, message, hint);
  const mode = broker?.auth?.mode?.toLowerCase();
  const elsewhere = (['exchanges', 'queues', 'topics'] as const).flatMap((section) =>
    entries<{ readonly broker: string }>(graph.design[section])
      .filter(
        ({ id: channel, value }) => value.broker === id && !graph.origins.has(addressOf(section, channel)),
      )
      .map(({ id: channel }) =>
        unsupported(
          addressOf(section, channel),
          `Kafka has no ${section}.`,
          'Use a stream: each group of consumers reads all of it.',
        ),
      ),
  );
  return [
    ...(version === undefined
      ? [
          refuse(
            `Kafka ${broker?.version} is not supported.`,
            'Give a version such as "4.2"; 4.0 is the oldest.',
          ),
        ]
      : []),
    ...(broker?.tls
      ? [
          refuse(
            'a broker with TLS is not generated yet.',
            'Services can use one all the same, by their settings; leave tls out here.',
          ),
        ]
      : []),
    ...(mode === undefined || /^scram(-sha-512)?$/.test(mode)
      ? []
      : [
          refuse(
            `authentication by ${broker?.auth?.mode} is not generated: the broker of the compose file takes SCRAM-SHA-512.`,
            'Write scram, or leave auth out; elsewhere services take the mechanism from their settings.',
          ),
        ]),
    ...(broker?.emulator === undefined
      ? []
      : [refuse('the compose file runs Kafka itself, in its version.', 'Leave emulator out.')]),
    ...(broker?.autoCreateTopics
      ? [
          refuse(
            'topics that a typing error creates are not generated: services may write to the topics of the design alone.',
            'Leave autoCreateTopics out.',
          ),
        ]
      : []),
    ...elsewhere,
  ];
}
