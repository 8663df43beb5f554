import appTemplate from '../../templates/workers/app.py.hbs';
import contractsTemplate from '../../templates/workers/contracts.py.hbs';
import handlerTemplate from '../../templates/workers/handler.py.hbs';
import libraryTemplate from '../../templates/workers/library.toml.hbs';
import mainTemplate from '../../templates/workers/main.py.hbs';
import projectTemplate from '../../templates/workers/project.toml.hbs';
import tasksTemplate from '../../templates/workers/tasks.py.hbs';
import testTemplate from '../../templates/workers/test_wiring.py.hbs';
import { images } from '../compose/images.ts';
import { HEALTH_PORT } from '../compose/ports.ts';
import type { ContractPlan } from '../contracts/plan.ts';
import type { Decision } from '../endpoint.ts';
import { kebabCase, pascalCase } from '../kit/identifiers.ts';
import { jsonFile } from '../kit/json.ts';
import { Code } from '../kit/literals.ts';
import type { Output } from '../kit/output.ts';
import { isPythonName } from '../kit/python.ts';
import { render } from '../kit/templates.ts';
import type { WorkerPlan, WorkspacePlan } from '../workspace/plan.ts';
import { pythonVersions } from '../workspace/versions.ts';
import { constantName, moduleName, packageOf } from './names.ts';
import { workerSources } from './sources.ts';
import { pythonType } from './types.ts';

/** The workers of a workspace: one Python package each, and the library that they share. */
export function emitWorkers(plan: WorkspacePlan, out: Output): void {
  if (plan.workers.length === 0) return;
  for (const [path, text] of workerSources()) out.add(`workers/messaging/${path}`, text);
  // What tells type checkers that the package has types: https://typing.python.org/en/latest/spec/distributing.html
  out.add('workers/messaging/messaging/py.typed', '');
  const dependencies = Object.entries(pythonVersions.runtime).map(([name, version]) => `${name}==${version}`);
  const library = `${plan.scope}-worker-messaging`;
  const shared = { library, setuptools: `setuptools==${pythonVersions.setuptools}` };
  out.add('workers/messaging/pyproject.toml', render(libraryTemplate, { ...shared, dependencies }));
  for (const worker of plan.workers) emitWorker(plan, worker, shared, out);
}

function emitWorker(
  plan: WorkspacePlan,
  worker: WorkerPlan,
  shared: { readonly library: string; readonly setuptools: string },
  out: Output,
): void {
  const folder = `workers/${worker.id}`;
  const name = packageOf(worker.id);
  const source = `${folder}/${name}`;
  const used = new Set(worker.consumers.flatMap(({ messages }) => messages));
  const contracts = plan.contracts.filter(({ id }) => used.has(id));
  const development = Object.entries(pythonVersions.development).map(
    ([tool, version]) => `${tool}==${version}`,
  );
  out.add(
    `${folder}/pyproject.toml`,
    render(projectTemplate, {
      ...shared,
      project: `${plan.scope}-${kebabCase(worker.id)}-worker`,
      description: worker.description ?? '',
      package: name,
      packages: [name, `${name}.handlers`],
      development,
    }),
  );
  out.add(`${folder}/Dockerfile`, dockerfile(worker.id, name));
  out.add(`${source}/__init__.py`, '');
  out.add(`${source}/py.typed`, '');
  out.add(`${source}/__main__.py`, render(mainTemplate));
  out.add(`${source}/app.py`, render(appTemplate, appData(worker)));
  out.add(`${source}/contracts.py`, render(contractsTemplate, contractsData(contracts)));
  for (const { id, schema, examples } of contracts) {
    out.add(`${source}/schemas/${id}.json`, jsonFile(schema === true ? {} : schema));
    out.add(`${folder}/tests/examples/${id}.json`, jsonFile(examples));
  }
  out.add(`${source}/tasks.py`, render(tasksTemplate, tasksData(plan, worker)));
  out.add(`${source}/handlers/__init__.py`, '');
  for (const { id, messages, idempotency } of worker.consumers) {
    const types = messages.map(pascalCase);
    out.add(
      `${source}/handlers/${moduleName(id)}.py`,
      render(handlerTemplate, {
        list: messages.join(', '),
        types,
        union: new Code(types.join(' | ')),
        remembers: idempotency.value !== false,
      }),
      'yours',
    );
  }
  out.add(
    `${folder}/tests/test_wiring.py`,
    render(testTemplate, { package: name, first: name < 'messaging' }),
  );
}

/** Both names are of the generator or checked as ids, so they need no quoting. */
const dockerfile = (
  id: string,
  name: string,
): string => `# Built from the root of the workspace: docker build -f workers/${id}/Dockerfile .
FROM ${images.python}
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 HEALTH_PORT=${HEALTH_PORT}
WORKDIR /app
COPY workers/messaging messaging
COPY workers/${id} worker
RUN pip install ./messaging ./worker && useradd --no-create-home worker
USER worker
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "-c", ${JSON.stringify(ALIVE)}]
# No shell in between: signals reach the worker, which drains and ends.
CMD ["python", "-m", "${name}"]
`;

const ALIVE = `from urllib.request import urlopen; urlopen('http://127.0.0.1:${HEALTH_PORT}/health', timeout=4)`;

const seconds = (ms: number): number => ms / 1000;

function appData({ id, consumers, carried }: WorkerPlan) {
  const limits = [...consumers.map(({ id: consumer }) => carried.tasks.get(consumer))];
  return {
    name: id,
    redis: carried.kind === 'redis',
    queues: consumers.map(({ queue }) => queue),
    multiplier: Math.max(1, ...limits.map((each) => each?.prefetchMultiplier ?? 1)),
    soft: seconds(Math.max(...limits.map((each) => each?.softMs.value ?? 0))),
    hard: seconds(Math.max(...limits.map((each) => each?.hardMs.value ?? 0))),
    visibility: seconds(carried.visibility.value),
    visibilityReason: carried.visibility.reason,
    backend: { visibility_timeout: seconds(carried.visibility.value) },
    unacked: `loom:${id}:unacked`,
    unackedIndex: `loom:${id}:unacked-index`,
    unackedMutex: `loom:${id}:unacked-mutex`,
    // Looked for a quarter of that time after it is over, at most every ten seconds.
    restore: Math.min(10, Math.max(1, Math.floor(seconds(carried.visibility.value) / 4))),
  };
}

function tasksData(plan: WorkspacePlan, { id, brokers, consumers, carried }: WorkerPlan) {
  const stores = new Set(
    consumers.flatMap(({ idempotency: { value } }) => (value === false ? [] : [value.store])),
  );
  const [kind] = stores;
  const env = kind === 'redis' ? plan.store?.env : plan.database?.env;
  return {
    service: id,
    broker: brokers[0]?.id ?? '',
    carrier: brokers[0]?.env ?? '',
    transport: carried.kind,
    concurrency: consumers.reduce((sum, { concurrency }) => sum + concurrency.value, 0),
    store: kind === undefined || env === undefined ? false : { kind, env },
    modules: consumers.map((consumer) => moduleName(consumer.id)).sort(),
    consumers: consumers.map((consumer) => consumerData(consumer, carried)),
    hasPolicies: consumers.some(({ idempotency: { value } }) => value !== false),
  };
}

type WorkerConsumer = WorkerPlan['consumers'][number];

function consumerData(
  { id, queue, messages, retry, deadLetter, idempotency }: WorkerConsumer,
  { tasks }: WorkerPlan['carried'],
) {
  const limits = tasks.get(id);
  const { maxAttempts, backoff, baseDelayMs, maxDelayMs, jitter, nonRetryable, tiers } = retry.value;
  return {
    id,
    module: moduleName(id),
    queue,
    messages: new Code(messages.map((message) => `contracts.${constantName(message)}`).join(', ')),
    retryReason: retry.reason,
    retry: { maxAttempts, backoff, baseDelayMs, maxDelayMs, jitter, nonRetryable: [...nonRetryable] },
    tiers: tiers.map(
      (tier) => new Code(`(${tier.delayMs}, ${JSON.stringify('queue' in tier ? tier.queue : '')})`),
    ),
    deadLetter: 'queue' in deadLetter.value ? deadLetter.value.queue : '',
    deadLetterReason: deadLetter.reason,
    idempotencyReason: idempotency.reason,
    idempotency:
      idempotency.value === false
        ? (false as const)
        : {
            keyFrom: [...idempotency.value.keyFrom],
            leaseMs: idempotency.value.leaseMs,
            doneTtlMs: idempotency.value.doneTtlMs === 'permanent' ? null : idempotency.value.doneTtlMs,
            deadTtlMs: idempotency.value.deadTtlMs,
          },
    soft: limit(limits?.softMs),
    hard: limit(limits?.hardMs),
    maxRedeliveries: limits?.maxRedeliveries ?? 0,
  };
}

const limit = (decision: Decision<number> | undefined) => decision ?? { value: 0, reason: '' };

function contractsData(contracts: readonly ContractPlan[]) {
  const bodies = contracts.map((contract) => {
    const type = pascalCase(contract.id);
    return { contract, type, body: pythonType(contract.schema, type) };
  });
  const classes = bodies.flatMap(({ body }) => body.declared);
  const aliases = bodies.filter(({ type, body }) => body.expression !== type);
  const text = [
    ...classes.flatMap(({ members }) => Object.values(members).map((member) => member.text)),
    ...aliases.map(({ body }) => body.expression),
  ].join(' ');
  return {
    imports: new Code(
      ['Any', 'Literal', 'NotRequired', 'TypeAlias', 'TypedDict']
        .filter(
          (name) =>
            name === 'Any' ||
            (name === 'TypeAlias' && aliases.length > 0) ||
            (name === 'TypedDict' && classes.length > 0) ||
            new RegExp(`\\b${name}\\b`).test(text),
        )
        .join(', '),
    ),
    classes: classes.map(({ name, members }) => ({
      type: name,
      // Keys that are no names of Python have no place in a class.
      fields:
        Object.keys(members).every(isPythonName) &&
        Object.entries(members).map(([key, type]) => ({ key, type })),
      members,
    })),
    aliases: aliases.map(({ type, body }) => ({ type, expression: new Code(body.expression) })),
    contracts: bodies.map(({ contract, type }) => ({
      constant: new Code(constantName(contract.id)),
      type: contract.id,
      body: type,
      version: contract.version,
      maxBytes: contract.maxBytes.value,
      maxBytesReason: contract.maxBytes.reason,
      envelope: contract.envelope,
      file: `${contract.id}.json`,
    })),
  };
}
