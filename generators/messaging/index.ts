import { manifestFile } from '../kit/json.ts';
import type { Output } from '../kit/output.ts';
import { packageNames } from '../workspace/names.ts';
import type { WorkspacePlan } from '../workspace/plan.ts';
import { versions } from '../workspace/versions.ts';
import { runtimeSources } from './sources.ts';

/** Parts of the library that a workspace needs only if it uses them. The memory transport runs tests and the demo. */
const OPTIONAL = {
  aws: ['aws/'],
  celery: ['celery/'],
  'celery/rabbitmq': ['celery/rabbitmq/'],
  'celery/redis': ['celery/redis/'],
  kafka: ['kafka/'],
  kinesis: ['kinesis/'],
  postgres: ['postgres/'],
  rabbitmq: ['rabbitmq/'],
  redis: ['redis/'],
  sns: ['sns/'],
  sqs: ['sqs/'],
  'stores/redis': ['stores/redis.ts', 'stores/redisScripts.ts'],
  'leases in Redis': ['stores/redisLease'],
} as const;

/** Transports over the SDK of AWS, and their clients; they share the folder `aws`. */
const AWS = {
  kinesis: '@aws-sdk/client-kinesis',
  sns: '@aws-sdk/client-sns',
  sqs: '@aws-sdk/client-sqs',
} as const;

const TELEMETRY = [
  '@opentelemetry/api',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace',
] as const;

const pinned = (names: readonly (keyof typeof versions)[]) =>
  Object.fromEntries(names.map((name) => [name, versions[name]]));

/** Copies the messaging library, without the transports and stores that the workspace does not use. */
export function emitMessaging(plan: WorkspacePlan, out: Output): void {
  const modules = new Set(plan.brokers.map(({ access }) => access.transport.module));
  const redis = plan.store !== undefined;
  const postgres = plan.database !== undefined;
  for (const module of ['celery/rabbitmq', 'celery/redis']) if (modules.has(module)) modules.add('celery');
  if (redis) modules.add('stores/redis');
  if (postgres) modules.add('postgres');
  const aws = typedKeys(AWS).filter((module) => modules.has(module));
  if (aws.length > 0) modules.add('aws');
  if (redis && modules.has('kinesis')) modules.add('leases in Redis');
  const left = Object.entries(OPTIONAL).flatMap(([module, paths]) => (modules.has(module) ? [] : paths));
  for (const [path, text] of runtimeSources()) {
    if (left.some((start) => path.startsWith(start))) continue;
    out.add(`messaging/${path}`, text);
  }
  out.add(
    'messaging/package.json',
    manifestFile({
      name: packageNames(plan.scope).messaging,
      version: '0.0.0',
      private: true,
      type: 'module',
      exports: {
        '.': './index.ts',
        ...(modules.has('celery/rabbitmq') ? { './celery/rabbitmq': './celery/rabbitmq/index.ts' } : {}),
        ...(modules.has('celery/redis') ? { './celery/redis': './celery/redis/index.ts' } : {}),
        './memory': './memory/index.ts',
        ...(modules.has('kafka') ? { './kafka': './kafka/index.ts' } : {}),
        ...(modules.has('kinesis') ? { './kinesis': './kinesis/index.ts' } : {}),
        ...(postgres ? { './postgres': './postgres/index.ts' } : {}),
        ...(modules.has('rabbitmq') ? { './rabbitmq': './rabbitmq/index.ts' } : {}),
        ...(modules.has('redis') ? { './redis': './redis/index.ts' } : {}),
        ...(modules.has('sns') ? { './sns': './sns/index.ts' } : {}),
        ...(modules.has('sqs') ? { './sqs': './sqs/index.ts' } : {}),
        ...(redis ? { './stores/redis': './stores/redis.ts' } : {}),
        ...(modules.has('leases in Redis') ? { './stores/redisLeases': './stores/redisLeases.ts' } : {}),
      },
      dependencies: {
        ...pinned(aws.map((module) => AWS[module])),
        ...pinned(TELEMETRY),
        ...(modules.has('kafka') ? { '@platformatic/kafka': versions['@platformatic/kafka'] } : {}),
        ...(aws.length > 0 ? pinned(['@smithy/node-http-handler']) : {}),
        ...(modules.has('rabbitmq') ? { amqplib: versions.amqplib } : {}),
        ...(postgres ? { pg: versions.pg } : {}),
        ...pinned(['pino', 'prom-client']),
        ...(redis || modules.has('redis') ? { redis: versions.redis } : {}),
      },
    }),
  );
}

const typedKeys = <T extends object>(record: T) => Object.keys(record) as (keyof T)[];
