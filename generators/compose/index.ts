import { stringify } from 'yaml';
import type { ComposeService } from '../broker.ts';
import { composeDatabase, databaseJob, databaseUrl } from '../database/index.ts';
import type { Output } from '../kit/output.ts';
import { composeObservers, observerVolumes } from '../observability/compose.ts';
import { composeFirstStart } from '../store/firstStart.ts';
import { composeStore, storeUrl } from '../store/index.ts';
import type { WorkspacePlan } from '../workspace/plan.ts';
import { HEALTH_PORT } from './ports.ts';

/** Brokers, store and services of a workspace as a compose file (https://github.com/compose-spec/compose-spec). */
export function emitCompose(plan: WorkspacePlan, out: Output): void {
  const infrastructure = Object.assign(
    {},
    ...plan.brokers.map(({ compose }) => compose.services),
    plan.store
      ? { [plan.store.id]: composeStore(plan.store), [FIRST_START]: composeFirstStart(plan.store) }
      : {},
    plan.database ? composeDatabase(plan.database) : {},
    composeObservers(),
  );
  const file = {
    name: plan.scope,
    services: {
      ...Object.fromEntries(
        Object.entries<ComposeService>(infrastructure).map(([id, service]) => [id, always(service)]),
      ),
      ...Object.fromEntries(
        [...plan.services, ...plan.workers].map((service) => [
          service.composeName,
          always(serviceOf(plan, service)),
        ]),
      ),
    },
    volumes: Object.fromEntries(
      [
        ...plan.brokers.flatMap(({ compose }) => compose.volumes),
        ...(plan.store ? [`${plan.store.id}-data`] : []),
        ...(plan.database ? [`${plan.database.id}-data`] : []),
        ...observerVolumes,
      ].map((name) => [name, {}]),
    ),
  };
  const files: Readonly<Record<string, string>> = Object.assign(
    {},
    ...plan.brokers.map(({ compose }) => compose.files),
  );
  for (const [path, text] of Object.entries(files)) out.add(path, text);
  out.add('docker-compose.yml', HEADER + stringify(escapeDollars(file), OPTIONS));
}

/** Quoted so that a parser of YAML 1.1 reads the same: there, a bare `no` is false. */
const OPTIONS = { lineWidth: 0, version: '1.1' } as const;

/** The job that accepts the store on a new volume. */
const FIRST_START = 'store-first-start';

const HEADER = `# Everything on one machine, for development: npm install && npm run setup && docker compose up --build
# Nothing listens beyond loopback. Passwords are in secrets/, which git ignores.
`;

/** Restarted unless a person stops it; a job that says `restart` itself is left as it is. */
const always = (service: ComposeService): ComposeService => ({
  ...service,
  restart: service['restart'] ?? 'unless-stopped',
});

function serviceOf(plan: WorkspacePlan, service: WorkspacePlan['services'][number]): ComposeService {
  const isWorker = 'carried' in service;
  const ids = new Set(service.brokers.flatMap(({ id, carried }) => [id, ...(carried ? [carried.by] : [])]));
  const used = plan.brokers.filter(({ access }) => ids.has(access.id));
  const urls = used.flatMap(({ access }) => [
    [`${access.env}_URL`, access.url.inside],
    ...Object.entries(access.settings ?? {}),
  ]);
  const store = plan.store && service.usesStore ? plan.store : undefined;
  const { database: has } = service;
  const database = has.store || has.outbox ? plan.database : undefined;
  return {
    build: { context: '.', dockerfile: `${isWorker ? 'workers' : 'services'}/${service.id}/Dockerfile` },
    env_file: [`secrets/${service.id}.env`],
    environment: {
      ...Object.fromEntries(urls),
      ...(store ? { [`${store.env}_URL`]: storeUrl(store.id) } : {}),
      ...(database ? { [`${database.env}_URL`]: databaseUrl(database.id, service.id) } : {}),
      HEALTH_PORT: String(HEALTH_PORT),
      // For Prometheus, which is another container; no port of this one is published.
      HEALTH_HOST: '0.0.0.0',
    },
    deploy: { replicas: service.replicas },
    depends_on: Object.fromEntries(
      Object.entries({
        ...Object.assign({}, ...used.map(({ compose }) => compose.ready)),
        ...(store ? { [store.id]: 'service_healthy', [FIRST_START]: 'service_completed_successfully' } : {}),
        ...(database ? { [databaseJob(database)]: 'service_completed_successfully' } : {}),
      }).map(([name, condition]) => [name, { condition }]),
    ),
    // The runtime drains for 20 s before it gives up.
    stop_grace_period: '30s',
    healthcheck: {
      test: isWorker ? ['CMD', 'python', '-c', READY_PYTHON] : ['CMD', 'node', '-e', READY],
      interval: '10s',
      timeout: '5s',
      retries: 3,
      start_period: '20s',
    },
  };
}

const READY = `fetch('http://127.0.0.1:${HEALTH_PORT}/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`;

const READY_PYTHON = `from urllib.request import urlopen; urlopen('http://127.0.0.1:${HEALTH_PORT}/ready', timeout=4)`;

/** Compose expands `$`; a doubled one is a dollar sign. */
function escapeDollars(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return value.map(escapeDollars);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escapeDollars(item)]));
}
