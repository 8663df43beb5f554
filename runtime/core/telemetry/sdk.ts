import { context, trace } from '@opentelemetry/api';
import { ConfigurationError } from '../errors.ts';

/** Traces are on their way to a collector until this is called; it sends what is left, for five seconds at most. */
export type StopTracing = () => Promise<void>;

/**
 * Sends traces to a collector when `OTEL_EXPORTER_OTLP_ENDPOINT` is set. Nothing of the SDK is loaded otherwise, and an
 * application can register an SDK of its own. A collector that is away costs traces, never messages.
 */
export async function startTracing(
  service: string,
  version: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<StopTracing | undefined> {
  if (!env['OTEL_EXPORTER_OTLP_ENDPOINT'] && !env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']) return undefined;
  const ratio = sampledShare(env);
  const [sdk, { OTLPTraceExporter }, resources, { AsyncContextManager }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('./asyncContext.ts'),
  ]);
  const { resourceAttributesEnvDetector, serviceNameEnvDetector, serviceInstanceIdDetector } = resources;
  const provider = new sdk.TracerProvider({
    // What the operator says goes before what the design says.
    resource: resources
      .resourceFromAttributes({
        'service.name': service,
        ...(version === '' ? {} : { 'service.version': version }),
      })
      .merge(
        resources.detectResources({
          detectors: [serviceInstanceIdDetector, resourceAttributesEnvDetector, serviceNameEnvDetector],
        }),
      ),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncContextManager());
  return async () => {
    await provider.forceFlush({ timeoutMillis: 5_000 }).catch(() => {});
  };
}

/** https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/: the share of new traces. */
function sampledShare(env: NodeJS.ProcessEnv): number {
  const text = env['OTEL_TRACES_SAMPLER_ARG'] || '1';
  const share = Number(text);
  if (share >= 0 && share <= 1) return share;
  throw new ConfigurationError(`OTEL_TRACES_SAMPLER_ARG must be from 0 to 1; it is ${JSON.stringify(text)}.`);
}
