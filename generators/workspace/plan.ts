import { addressOf, type Service } from '../../core/design/design.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { fauxqs } from '../aws/emulator.ts';
import type { BrokerAccess, CarriedPlan, PlannedBroker } from '../broker.ts';
import { type Context, Problems } from '../context.ts';
import { type ContractPlan, planContracts } from '../contracts/plan.ts';
import { type DatabasePlan, planDatabase } from '../database/index.ts';
import type { ConsumerPlan, ProducerPlan, QueueConsumerPlan } from '../endpoint.ts';
import { kinesalite } from '../kinesis/emulator.ts';
import { camelCase, constantCase, distinctNames, kebabCase, pascalCase } from '../kit/identifiers.ts';
import { unsupported } from '../kit/problems.ts';
import { OBSERVERS } from '../observability/compose.ts';
import { type ObservabilityPlan, planObservability } from '../observability/plan.ts';
import { brokers as generators } from '../registry.ts';
import { permissionProblems } from '../services/permissions.ts';
import { planStore, type StorePlan } from '../store/index.ts';

/** A consumer of a service with the names that code gives it. */
export type NamedConsumer = ConsumerPlan & { readonly handler: string; readonly type: string };

export interface NamedProducer extends ProducerPlan {
  readonly name: string;
}

/** What a service keeps in its own database. */
export interface ServiceDatabase {
  readonly store: boolean;
  readonly outbox: boolean;
}

/** One service of the workspace. */
export interface ServicePlan {
  readonly id: string;
  readonly packageName: string;
  /** Name in the compose file. */
  readonly composeName: string;
  /** Variable that tools hold it in. */
  readonly variable: string;
  readonly description: string | undefined;
  readonly owner: string | undefined;
  readonly replicas: number;
  readonly producers: readonly NamedProducer[];
  readonly consumers: readonly NamedConsumer[];
  readonly brokers: readonly BrokerAccess[];
  /** Redis. */
  readonly usesStore: boolean;
  readonly database: ServiceDatabase;
}

/** A service in Python: workers for the tasks of one broker, and nothing else. */
export interface WorkerPlan extends ServicePlan {
  readonly carried: CarriedPlan;
  readonly consumers: readonly (NamedConsumer & QueueConsumerPlan)[];
}

/** Everything that is decided about a workspace. */
export interface WorkspacePlan {
  readonly scope: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly brokers: readonly PlannedBroker[];
  readonly contracts: readonly ContractPlan[];
  readonly services: readonly ServicePlan[];
  readonly workers: readonly WorkerPlan[];
  readonly store: StorePlan | undefined;
  readonly database: DatabasePlan | undefined;
  readonly observability: ObservabilityPlan;
}

export function planWorkspace(context: Context): Result<WorkspacePlan> {
  const { design, graph, scope } = context;
  const problems = new Problems();
  problems.list.push(...nameProblems(context));
  const brokers = [...design.brokers]
    // Topics of SNS are set up after the queues that they deliver to.
    .sort(([, a], [, b]) => Number(a.kind === 'sns') - Number(b.kind === 'sns'))
    .map(([id, broker]) => problems.take(generators[broker.kind].plan(context, id)))
    .filter((planned) => planned !== undefined);
  const contracts = problems.take(planContracts(context));
  for (const section of ['producers', 'consumers'] as const) {
    for (const [id, endpoint] of design[section]) {
      if (graph.channel(endpoint.channel)) continue;
      problems.list.push(
        unsupported(
          addressOf(section, id),
          'is connected to nothing.',
          'Connect it to a channel, or delete it.',
        ),
      );
    }
  }
  if (problems.list.length > 0 || !contracts) return fail(problems.list);

  const all = problems.take(
    planServices(
      context,
      brokers.map(({ access }) => access),
    ),
  );
  if (!all) return fail(problems.list);
  const observability = planObservability(context, brokers, all);
  if (observability.problems.length > 0) return fail(observability.problems);
  const users = all.filter(({ usesStore }) => usesStore).map(({ id }) => id);
  const owners = all.filter(({ database }) => database.store || database.outbox).map(({ id }) => id);
  return ok({
    scope,
    title: design.design.name,
    description: design.design.description,
    brokers,
    contracts,
    services: all.filter((service) => !isWorker(service)),
    workers: all.filter(isWorker),
    store: users.length > 0 ? planStore(users) : undefined,
    database: owners.length > 0 ? planDatabase(owners) : undefined,
    observability: observability.plan,
  });
}

/** Names that become folders, packages, environment variables and compose services. */
function nameProblems({ design }: Context): Problem[] {
  const problems = new Problems();
  problems.take(
    distinctNames(design.brokers.keys(), constantCase, (id) => addressOf('brokers', id), {
      STORE: 'the idempotency store',
      DATABASE: 'the database of the services',
      ...Object.fromEntries(Object.entries(OBSERVERS).map(([id, name]) => [constantCase(id), name])),
    }),
  );
  return problems.list;
}

function planServices(context: Context, brokers: readonly BrokerAccess[]): Result<readonly ServicePlan[]> {
  const { graph } = context;
  const problems = new Problems();
  const consumers = brokers.flatMap((broker) => [...broker.consumers.values()]);
  const producers = brokers.flatMap((broker) => [...broker.producers.values()]);
  const owner = (section: 'consumers' | 'producers', id: string): string =>
    graph.design[section].get(id)?.service ?? id;
  const ids = new Set([
    ...consumers.map(({ id }) => owner('consumers', id)),
    ...producers.map(({ id }) => owner('producers', id)),
  ]);
  const taken = Object.fromEntries([
    ...brokers.flatMap(({ id }) =>
      ['', '-topology', '-console'].map((job) => [`${kebabCase(id)}${job}`, `the broker ${id}`]),
    ),
    ['store', 'the idempotency store'],
    ['store-first-start', 'the idempotency store'],
    ['database', 'the database of the services'],
    ['database-setup', 'the job that sets up the databases'],
    [fauxqs.service, 'the emulator of AWS'],
    [kinesalite.service, 'the emulator of Kinesis'],
    ['operator', 'the operator of the brokers'],
    ['postgres', 'the superuser of the database'],
    ...Object.entries(OBSERVERS),
  ]);
  const names = problems.take(distinctNames(ids, kebabCase, (id) => addressOf('services', id), taken));
  const services = [...ids].sort().map((id) => {
    const attributes = graph.design.services.get(id) ?? {};
    const mine = consumers.filter((consumer) => owner('consumers', consumer.id) === id);
    const own = producers.filter((producer) => owner('producers', producer.id) === id);
    const used = new Set([...mine, ...own].map(({ broker }) => broker));
    const mineBrokers = brokers.filter((broker) => used.has(broker.id));
    const carried = brokers.find((broker) =>
      mine.some((consumer) => broker.carried?.tasks.has(consumer.id)),
    )?.carried;
    problems.list.push(
      ...(carried === undefined
        ? unsupportedSettings(id, attributes)
        : workerProblems(id, attributes, used.size + own.length)),
      ...permissionProblems(context, id, attributes, used),
    );
    const handlers = problems.take(
      distinctNames(
        mine.map((c) => c.id),
        camelCase,
        (c) => addressOf('consumers', c),
      ),
    );
    const senders = problems.take(
      distinctNames(
        own.map((p) => p.id),
        camelCase,
        (p) => addressOf('producers', p),
      ),
    );
    const kinds = storeKinds(mine);
    if (kinds.size > 1) problems.list.push(severalStores(id));
    return {
      id,
      packageName: `@${context.scope}/${kebabCase(id)}-service`,
      composeName: names?.get(id) ?? id,
      variable: camelCase(id),
      description: attributes.description,
      owner: attributes.owner,
      replicas: attributes.replicas?.min ?? 1,
      consumers: mine.map((plan) => ({
        ...plan,
        handler: handlers?.get(plan.id) ?? '',
        type: pascalCase(plan.id),
      })),
      producers: own.map((plan) => ({ ...plan, name: senders?.get(plan.id) ?? '' })),
      brokers: mineBrokers,
      ...(carried === undefined ? {} : { carried }),
      usesStore: kinds.has('redis'),
      database: { store: kinds.has('postgres'), outbox: own.some(({ outbox }) => outbox) },
    };
  });
  return problems.list.length > 0 ? fail(problems.list) : ok(services);
}

const isWorker = (service: ServicePlan): service is WorkerPlan => 'carried' in service;

/** @param parts its brokers and producers: of a worker one broker and no producer */
function workerProblems(id: string, { language = 'python' }: Service, parts: number): Problem[] {
  const at = addressOf('services', id);
  return [
    ...(language === 'python'
      ? []
      : [
          unsupported(
            at,
            `workers of Celery are not generated in ${language}.`,
            'Leave language out, or write python.',
          ),
        ]),
    ...(parts === 1
      ? []
      : [
          unsupported(
            at,
            'has consumers of Celery, which are workers in Python, and other endpoints.',
            'Give the others a service of their own.',
          ),
        ]),
  ];
}

/** Where the consumers of a service keep their records; offsets of streams are kept in Redis. */
const storeKinds = (consumers: readonly ConsumerPlan[]): ReadonlySet<'redis' | 'postgres'> =>
  new Set(
    consumers.flatMap(({ idempotency: { value }, ...consumer }) => [
      ...(value === false ? [] : [value.store]),
      ...('source' in consumer ? (['redis'] as const) : []),
    ]),
  );

const severalStores = (service: string): Problem =>
  unsupported(
    addressOf('services', service),
    'would keep the records of its consumers in Redis and in PostgreSQL.',
    'Give its consumers stores of one kind, or move some to another service.',
  );

function unsupportedSettings(id: string, { language = 'ts', runtime = 'node' }: Service): Problem[] {
  const at = addressOf('services', id);
  return [
    ...(language === 'ts'
      ? []
      : [
          unsupported(
            at,
            `services in ${language} are not generated yet.`,
            'Leave language out, or write ts.',
          ),
        ]),
    ...(runtime === 'node'
      ? []
      : [
          unsupported(
            at,
            `services for ${runtime} are not generated yet.`,
            'Leave runtime out, or write node.',
          ),
        ]),
  ];
}
