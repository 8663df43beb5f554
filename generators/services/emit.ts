import appTemplate from '../../templates/services/app.ts.hbs';
import handlerTemplate from '../../templates/services/handler.ts.hbs';
import mainTemplate from '../../templates/services/main.ts.hbs';
import producersTemplate from '../../templates/services/producers.ts.hbs';
import serviceTemplate from '../../templates/services/service.ts.hbs';
import typesTemplate from '../../templates/services/types.ts.hbs';
import wiringTemplate from '../../templates/services/wiring.test.ts.hbs';
import { images } from '../compose/images.ts';
import { HEALTH_PORT } from '../compose/ports.ts';
import type { ContractPlan } from '../contracts/plan.ts';
import { manifestFile } from '../kit/json.ts';
import { LINE_WIDTH } from '../kit/layout.ts';
import { Code, propertyKey } from '../kit/literals.ts';
import type { Output } from '../kit/output.ts';
import { render } from '../kit/templates.ts';
import { packageNames } from '../workspace/names.ts';
import type { NamedConsumer, NamedProducer, ServicePlan, WorkspacePlan } from '../workspace/plan.ts';
import { transportImports, transportUses } from './transports.ts';

export function emitServices(plan: WorkspacePlan, out: Output): void {
  const contractNames = new Map(plan.contracts.map(({ id, name }: ContractPlan) => [id, name]));
  const named = (ids: readonly string[]): string[] => ids.map((id) => contractNames.get(id) ?? id);
  for (const service of plan.services) emitService(plan, service, named, out);
}

function emitService(
  plan: WorkspacePlan,
  service: ServicePlan,
  named: (ids: readonly string[]) => string[],
  out: Output,
): void {
  const folder = `services/${service.id}`;
  const { contracts, messaging } = packageNames(plan.scope);
  const consumers = service.consumers.map((consumer) => consumerData(consumer, named(consumer.messages)));
  const producers = service.producers.map((producer) => producerData(producer, named(producer.messages)));
  const readsKeys = producers.some(({ partitionKey }) => partitionKey !== '');
  const shared = { contracts, messaging, consumers, producers, readsKeys };
  const inboxes = consumers.filter(({ inbox }) => inbox).length;
  const outboxes = producers.filter(({ outbox }) => outbox).length;

  out.add(`${folder}/package.json`, manifest(plan, service));
  out.add(`${folder}/Dockerfile`, dockerfile(service));
  out.add(`${folder}/src/main.ts`, render(mainTemplate, mainData(plan, service, messaging)));
  out.add(
    `${folder}/src/service.ts`,
    render(serviceTemplate, {
      ...shared,
      imports: [
        ...(inboxes < consumers.length ? ['defineConsumer'] : []),
        ...(inboxes > 0 ? ['defineInboxConsumer'] : []),
        'defineService',
      ],
      id: service.id,
      description: service.description ?? '',
      handlers: [...service.consumers]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, handler }) => ({ name: handler, file: `./handlers/${id}.ts` })),
    }),
  );
  out.add(
    `${folder}/src/producers.ts`,
    render(producersTemplate, {
      ...shared,
      imports: [
        ...(outboxes > 0 ? ['defineOutboxProducer'] : []),
        ...(outboxes < producers.length ? ['defineProducer'] : []),
        ...(readsKeys ? ['textAt'] : []),
      ],
    }),
  );
  out.add(
    `${folder}/src/types.ts`,
    render(typesTemplate, {
      ...shared,
      imports: [
        ...(inboxes < consumers.length ? ['Handler'] : []),
        ...(inboxes > 0 ? ['InboxHandler'] : []),
        'ServiceContext',
      ],
    }),
  );
  out.add(`${folder}/src/app.ts`, render(appTemplate, { send: firstSend(service.producers) }), 'yours');
  for (const { id, handler, type, messages, idempotency } of service.consumers) {
    const data = {
      handler,
      type,
      list: messages.join(', '),
      remembers: idempotency.value !== false,
      inbox: idempotency.value !== false && idempotency.value.inbox,
    };
    out.add(`${folder}/src/handlers/${id}.ts`, render(handlerTemplate, data), 'yours');
  }
  out.add(`${folder}/test/wiring.test.ts`, render(wiringTemplate));
}

const firstSend = ([first]: readonly NamedProducer[]) =>
  first ? { producer: first.name, type: first.messages[0] ?? '', outbox: first.outbox } : (false as const);

/** What a consumer reads, for people. */
const channelOf = (consumer: NamedConsumer): string =>
  'topic' in consumer ? consumer.topic : (consumer.source?.stream ?? consumer.queue);

function consumerData(consumer: NamedConsumer, contracts: readonly string[]) {
  const { value, reason } = consumer.idempotency;
  const { store: _, inbox = false, ...settings } = value || {};
  return {
    queue: false,
    topic: false,
    onFailure: false,
    ignores: false,
    source: false as const,
    ...consumer,
    channel: channelOf(consumer),
    inbox,
    define: inbox ? 'defineInboxConsumer' : 'defineConsumer',
    idempotency: { reason, value: value === false ? false : settings },
    key: new Code(propertyKey(consumer.id)),
    messages: contracts,
    orderingKey: consumer.orderingKey ?? '',
    list: consumer.messages.join(', '),
    handlerType: handlerType(inbox ? 'InboxHandler' : 'Handler', consumer.type, contracts),
  };
}

/** `export type T = Handler<…>`, broken over lines where it is long. */
function handlerType(generic: string, name: string, contracts: readonly string[]): Code {
  const members = contracts.map((contract) => `typeof contracts.${contract}`);
  const union = members.join(' | ');
  const start = `export type ${name} = ${generic}<`;
  const line = `${start}${union}, typeof producers>;`;
  if (line.length <= LINE_WIDTH) return new Code(line);
  const inner = union.length + 3 <= LINE_WIDTH ? union : `| ${members.join('\n  | ')}`;
  return new Code(`${start}\n  ${inner},\n  typeof producers\n>;`);
}

function producerData(producer: NamedProducer, contracts: readonly string[]) {
  const keys = new Set(Object.values(producer.routingKeys ?? {}));
  return {
    ...producer,
    define: producer.outbox ? 'defineOutboxProducer' : 'defineProducer',
    key: new Code(propertyKey(producer.name)),
    messages: contracts,
    routingKey: keys.size === 1 ? [...keys][0] : '',
    routingKeys: keys.size > 1 && producer.routingKeys,
    routingKeysName: `${producer.name}Keys`,
    partitionKey: producer.partitionKey ?? '',
    ordered: producer.ordered !== false,
    total: producer.ordered === 'total',
    keyName: `${producer.name}Key`,
    keyStart: `const ${producer.name}Key =`,
    headers: producer.headers ?? false,
    timeoutMs: producer.timeoutMs ?? false,
    timeoutReason: producer.timeoutReason ?? '',
  };
}

function mainData(plan: WorkspacePlan, service: ServicePlan, messaging: string) {
  const store = service.usesStore ? plan.store : undefined;
  const { database: has } = service;
  const database = has.store || has.outbox ? plan.database : undefined;
  const leases = leasesOf(service, store?.env, has.store ? database?.env : undefined);
  const storeImports = [
    ...(leases?.store === 'redis'
      ? [{ from: `${messaging}/stores/redisLeases`, names: [leases.factory] }]
      : []),
    ...(store ? [{ from: `${messaging}/stores/redis`, names: ['redisStoreFromEnv'] }] : []),
    ...(database
      ? [
          {
            from: `${messaging}/postgres`,
            names: [
              ...(leases?.store === 'postgres' ? [leases.factory] : []),
              ...(has.outbox ? ['postgresOutboxFromEnv'] : []),
              ...(has.store ? ['postgresStoreFromEnv'] : []),
            ],
          },
        ]
      : []),
  ];
  return {
    messaging,
    modules: transportImports(service.brokers, (module) => `${messaging}/${module}`, storeImports),
    transports: transportUses(service.brokers).map((transport, at) => {
      const { leases: own, id } = service.brokers[at] ?? {};
      const reads = service.consumers.some(({ broker }) => broker === id);
      return { ...transport, leases: own && reads && leases ? { ...leases, ...own } : false };
    }),
    store: store?.env ?? '',
    databaseStore: has.store ? (database?.env ?? '') : '',
    outbox: has.outbox ? (database?.env ?? '') : '',
  };
}

/** Where the consumers keep their leases: with their records, which are all in one store. */
function leasesOf(service: ServicePlan, redis: string | undefined, postgres: string | undefined) {
  const leasing = service.brokers.filter(({ leases }) => leases !== undefined);
  const reads = service.consumers.some(({ broker }) => leasing.some(({ id }) => id === broker));
  if (!reads) return undefined;
  if (redis !== undefined) return { store: 'redis', factory: 'redisLeasesFromEnv', env: redis };
  return postgres === undefined
    ? undefined
    : { store: 'postgres', factory: 'postgresLeasesFromEnv', env: postgres };
}

const manifest = (plan: WorkspacePlan, { packageName, description }: ServicePlan): string => {
  const { contracts, messaging } = packageNames(plan.scope);
  return manifestFile({
    name: packageName,
    version: '0.0.0',
    private: true,
    description,
    type: 'module',
    main: './src/service.ts',
    scripts: { start: 'node src/main.ts', test: `node --test "test/**/*.test.ts"` },
    dependencies: { [contracts]: '*', [messaging]: '*' },
  });
};

const ALIVE = `fetch('http://127.0.0.1:${HEALTH_PORT}/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`;

/** Both names are of the generator or checked as ids, so they need no quoting. */
const dockerfile = ({
  id,
}: ServicePlan): string => `# Built from the root of the workspace: docker build -f services/${id}/Dockerfile .
FROM ${images.node}
ENV NODE_ENV=production HEALTH_PORT=${HEALTH_PORT}
WORKDIR /app
COPY package.json package-lock.json ./
COPY contracts contracts
COPY messaging messaging
COPY services services
RUN npm ci --omit=dev
USER node
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["node", "-e", ${JSON.stringify(ALIVE)}]
# No npm in between: signals reach the service, which drains and ends.
CMD ["node", "services/${id}/src/main.ts"]
`;
