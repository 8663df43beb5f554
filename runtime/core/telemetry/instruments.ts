import { Counter, Gauge, type Registry } from 'prom-client';
import { Histogram } from './histogram.ts';
import { type MetricDefinition, metrics } from './metrics.ts';

type Metrics = typeof metrics;
type Kinds = { counter: Counter; gauge: Gauge; histogram: Histogram };

/** One live metric per definition. */
export type Instruments = { readonly [Name in keyof Metrics]: Kinds[Metrics[Name]['type']] };

export function createInstruments(registry: Registry): Instruments {
  const made = Object.entries(metrics).map(([key, metric]) => [key, create(metric, registry)]);
  return Object.fromEntries(made) as Instruments;
}

function create(metric: MetricDefinition, registry: Registry): Counter | Gauge | Histogram {
  const { name, help, labels } = metric;
  const shared = { name, help, labelNames: labels, registers: [registry] };
  switch (metric.type) {
    case 'counter':
      return new Counter(shared);
    case 'gauge':
      return new Gauge(shared);
    case 'histogram':
      return new Histogram(metric, registry);
  }
}
