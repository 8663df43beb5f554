import type { Metric, Registry } from 'prom-client';
import type { MetricDefinition } from './metrics.ts';

type Labels = Readonly<Record<string, string>>;

/**
 * A histogram in a registry of prom-client, whose own looks its series up by their labels at every observation: that
 * costs more than all else that is counted for a message.
 */
export class Histogram {
  readonly name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  readonly #series: (readonly [Labels, HistogramSeries])[] = [];

  constructor({ name, help, buckets = [] }: MetricDefinition, registry: Registry) {
    this.name = name;
    this.#help = help;
    this.#bounds = buckets;
    // A registry asks its metrics for their name and by `get` for their values, and nothing else.
    registry.registerMetric(this as unknown as Metric);
  }

  /** The series with these labels, which starts at 0. */
  labels(labels: Labels): HistogramSeries {
    const series = new HistogramSeries(this.#bounds);
    this.#series.push([labels, series]);
    return series;
  }

  async get() {
    return {
      name: this.name,
      help: this.#help,
      type: 'histogram',
      aggregator: 'sum',
      values: this.#series.flatMap(([labels, series]) => this.#valuesOf(labels, series)),
    };
  }

  #valuesOf(labels: Labels, { counts, sum }: HistogramSeries) {
    let count = 0;
    const buckets = [...this.#bounds, '+Inf'].map((le, index) => {
      count += counts[index] ?? 0;
      return { metricName: `${this.name}_bucket`, labels: { le, ...labels }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels, value: sum },
      { metricName: `${this.name}_count`, labels, value: count },
    ];
  }
}

export class HistogramSeries {
  /** By bucket, those of lower buckets not included; the last is without a bound. */
  readonly counts: number[];
  sum = 0;
  readonly #bounds: readonly number[];

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.counts = new Array(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    let bucket = 0;
    while (value > (this.#bounds[bucket] ?? Number.POSITIVE_INFINITY)) bucket++;
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.sum += value;
  }
}
