import { manifestFile } from '../kit/json.ts';
import type { Output } from '../kit/output.ts';
import { packageNames } from '../workspace/names.ts';
import type { WorkspacePlan } from '../workspace/plan.ts';
import { versions } from '../workspace/versions.ts';
import { runtimeSources } from './sources.ts';

/** Folders of the library that a workspace needs only if it uses them. The memory transport runs tests and the demo. */
const OPTIONAL = ['kafka', 'rabbitmq', 'postgres', 'stores/redis'] as const;

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
  if (redis) modules.add('stores/redis');
  if (postgres) modules.add('postgres');
  const left = OPTIONAL.filter((module) => !modules.has(module));
  for (const [path, text] of runtimeSources()) {
    if (left.some((module) => path.startsWith(module))) continue;
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
        './memory': './memory/index.ts',
        ...(modules.has('kafka') ? { './kafka': './kafka/index.ts' } : {}),
        ...(postgres ? { './postgres': './postgres/index.ts' } : {}),
        ...(modules.has('rabbitmq') ? { './rabbitmq': './rabbitmq/index.ts' } : {}),
        ...(redis ? { './stores/redis': './stores/redis.ts' } : {}),
      },
      dependencies: {
        ...pinned(TELEMETRY),
        ...(modules.has('kafka') ? { '@platformatic/kafka': versions['@platformatic/kafka'] } : {}),
        ...(modules.has('rabbitmq') ? { amqplib: versions.amqplib } : {}),
        ...(postgres ? { pg: versions.pg } : {}),
        ...pinned(['pino', 'prom-client']),
        ...(redis ? { redis: versions.redis } : {}),
      },
    }),
  );
}
