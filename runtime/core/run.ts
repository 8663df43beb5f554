import { readNumber, readSetting } from './env.ts';
import { ConfigurationError } from './errors.ts';
import { startHealthServer } from './health.ts';
import { createLogger } from './log.ts';
import { startService } from './service.ts';
import { combineTelemetry } from './telemetry/combine.ts';
import { PrometheusTelemetry } from './telemetry/prometheus.ts';
import { type StopTracing, startTracing } from './telemetry/sdk.ts';
import type { Telemetry } from './telemetry/telemetry.ts';
import { TracingTelemetry } from './telemetry/tracing.ts';
import type { ProducerMap, RunningService, ServiceDefinition, ServiceOptions } from './types.ts';

/**
 * The whole life of a service process: health server and metrics (`HEALTH_PORT`), traces
 * (`OTEL_EXPORTER_OTLP_ENDPOINT`), start, work, and on SIGTERM or SIGINT a drain within the grace time
 * (`SHUTDOWN_GRACE_MS`). Ends the process: 0 drained, 1 failed or not drained, 2 wrong settings.
 *
 * @param options a function, so that wrong settings are reported as such; or the options themselves
 */
export async function runService<P extends ProducerMap>(
  definition: ServiceDefinition<P>,
  options: ServiceOptions | (() => ServiceOptions),
): Promise<never> {
  process.exit(await untilStopped(definition, options));
}

async function untilStopped<P extends ProducerMap>(
  definition: ServiceDefinition<P>,
  options: ServiceOptions | (() => ServiceOptions),
): Promise<number> {
  const log = createLogger(definition.name);
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort(new Error(name)));
  let running: RunningService<P> | undefined;
  let stopTracing: StopTracing | undefined;
  try {
    const given = typeof options === 'function' ? options() : options;
    const graceMs = readNumber('SHUTDOWN_GRACE_MS', [0, 3_600_000]);
    const port = readNumber('HEALTH_PORT', [0, 65_535]);
    const starting = { ready: false, problems: ['The service is starting.'] };
    const host = readSetting('HEALTH_HOST') ?? '127.0.0.1';
    const version = readSetting('SERVICE_VERSION') ?? '';
    stopTracing = await startTracing(definition.name, version);
    let telemetry: Telemetry = new TracingTelemetry();
    if (port !== undefined) {
      const metrics = new PrometheusTelemetry(definition.name, version);
      telemetry = combineTelemetry(metrics, telemetry);
      const health = await startHealthServer({ port, host, readiness: () => running ?? starting, metrics });
      log.info({ host, port: health.port }, 'Health server listens.');
    }
    running = await startService(
      definition,
      { log, telemetry, ...(graceMs === undefined ? {} : { graceMs }), ...given },
      stop.signal,
    );
  } catch (error) {
    if (stop.signal.aborted) return 0;
    log.error({ err: error }, 'The service cannot start.');
    return error instanceof ConfigurationError ? 2 : 1;
  }
  if (!stop.signal.aborted) await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
  const drained = await running.stop();
  await stopTracing?.();
  return drained ? 0 : 1;
}
