import { collectDefaultMetrics, Registry } from 'prom-client';
import { ConsumerMetrics } from './consumerMetrics.ts';
import { createInstruments, type Instruments } from './instruments.ts';
import { ProducerMetrics } from './producerMetrics.ts';
import type {
  ConsumerIdentity,
  ConsumerTelemetry,
  ProducerIdentity,
  ProducerTelemetry,
  ServiceState,
  Telemetry,
} from './telemetry.ts';

/** Counts what happens, in a registry of its own; what the process itself needs is in it too. */
export class PrometheusTelemetry implements Telemetry {
  readonly #registry = new Registry();
  readonly #instruments: Instruments;
  /** Set the gauges whose values are asked for only when somebody reads them. */
  readonly #samplers: (() => void | Promise<void>)[] = [];

  /** @param version of the service, if it has one */
  constructor(service: string, version = '') {
    this.#registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.#registry });
    this.#instruments = createInstruments(this.#registry);
    this.#instruments.build.set({ version, node: process.version }, 1);
  }

  /** Media type of `exposition`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All metrics as text (https://prometheus.io/docs/instrumenting/exposition_formats/). */
  async exposition(): Promise<string> {
    await Promise.all(this.#samplers.map((sample) => sample()));
    return this.#registry.metrics();
  }

  producer(of: ProducerIdentity): ProducerTelemetry {
    const metrics = new ProducerMetrics(this.#instruments, of);
    this.#samplers.push(() => metrics.sample());
    return metrics;
  }

  consumer(of: ConsumerIdentity): ConsumerTelemetry {
    const metrics = new ConsumerMetrics(this.#instruments, of);
    this.#samplers.push(() => metrics.sample());
    return metrics;
  }

  service(state: ServiceState): void {
    const { ready, connected } = this.#instruments;
    this.#samplers.push(() => {
      ready.set(state.ready ? 1 : 0);
      for (const [broker, isConnected] of Object.entries(state.connected))
        connected.set({ broker }, isConnected ? 1 : 0);
    });
  }
}
