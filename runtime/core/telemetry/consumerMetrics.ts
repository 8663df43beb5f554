import { orAborted } from '../abort.ts';
import type { DeadLetterReason } from '../message.ts';
import type { Backlog, Subscription } from '../transport.ts';
import type { Instruments } from './instruments.ts';
import { deliveryOutcomes } from './metrics.ts';
import { secondsSince, startAtZero, Tally } from './series.ts';
import type {
  ConsumerIdentity,
  ConsumerTelemetry,
  DeliveryOutcome,
  DeliveryTelemetry,
  Failed,
  HandledMessage,
  HandlerTelemetry,
} from './telemetry.ts';

/** Prometheus gives a scrape 10 s by default; a broker that is slow must not cost the other metrics. */
const backlogTimeoutMs = 2_000;

export class ConsumerMetrics implements ConsumerTelemetry {
  readonly #to: Instruments;
  readonly #labels;
  readonly #outcomes;
  readonly #age;
  readonly #handled;
  readonly #failed;
  readonly #inFlight = new Set<DeliveryMetrics>();
  #subscription: Pick<Subscription, 'backlog'> | undefined;

  constructor(to: Instruments, { broker, consumer, channel }: ConsumerIdentity) {
    const labels = { broker, consumer, channel };
    this.#to = to;
    this.#labels = labels;
    this.#outcomes = new Map(
      deliveryOutcomes.map((outcome) => [outcome, new Tally(to.deliveries.labels({ ...labels, outcome }))]),
    );
    this.#age = to.messageAge.labels(labels);
    this.#handled = to.handlerDuration.labels({ ...labels, result: 'success' });
    this.#failed = to.handlerDuration.labels({ ...labels, result: 'failure' });
    const reasons: readonly DeadLetterReason[] = ['invalid', 'non-retryable', 'attempts-exhausted'];
    startAtZero([
      ...reasons.map((reason) => to.deadLetters.labels({ ...labels, reason })),
      to.storeErrors.labels(labels),
      to.copyErrors.labels(labels),
    ]);
  }

  async sample(): Promise<void> {
    const { inFlight, oldestInFlight, backlog, backlogAge } = this.#to;
    const times = [...this.#inFlight].map(({ eventTime }) => eventTime ?? Date.now());
    inFlight.set(this.#labels, this.#inFlight.size);
    oldestInFlight.set(this.#labels, Math.max(0, Date.now() - Math.min(Date.now(), ...times)) / 1_000);
    const waiting = await this.#backlog();
    // Yesterday's figure would look like today's.
    if (waiting === undefined) backlog.remove(this.#labels);
    else backlog.set(this.#labels, waiting.messages);
    if (waiting?.oldestAgeMs === undefined) backlogAge.remove(this.#labels);
    else backlogAge.set(this.#labels, waiting.oldestAgeMs / 1_000);
    for (const outcome of this.#outcomes.values()) outcome.tell();
  }

  subscribed(subscription: Pick<Subscription, 'backlog'>): void {
    this.#subscription = subscription;
  }

  received(): DeliveryTelemetry {
    const delivery = new DeliveryMetrics(this);
    this.#inFlight.add(delivery);
    return delivery;
  }

  storeFailed(): void {
    this.#to.storeErrors.inc(this.#labels);
  }

  copyFailed(): void {
    this.#to.copyErrors.inc(this.#labels);
  }

  aged(seconds: number): void {
    this.#age.observe(seconds);
  }

  handlerEnded(seconds: number, failed: boolean): void {
    (failed ? this.#failed : this.#handled).observe(seconds);
  }

  deadLettered(reason: DeadLetterReason): void {
    this.#to.deadLetters.inc({ ...this.#labels, reason });
  }

  settled(delivery: DeliveryMetrics, outcome: DeliveryOutcome): void {
    this.#inFlight.delete(delivery);
    this.#outcomes.get(outcome)?.add();
  }

  async #backlog(): Promise<Backlog | undefined> {
    const asked = this.#subscription?.backlog?.();
    if (asked === undefined) return undefined;
    return orAborted(asked, AbortSignal.timeout(backlogTimeoutMs)).catch(() => undefined);
  }
}

class DeliveryMetrics implements DeliveryTelemetry {
  readonly #consumer: ConsumerMetrics;
  /** Milliseconds since the epoch; undefined until the message could be read. */
  eventTime: number | undefined;

  constructor(consumer: ConsumerMetrics) {
    this.#consumer = consumer;
  }

  decoded({ envelope }: HandledMessage): void {
    this.eventTime = Date.parse(envelope.time);
    // Clocks of machines differ: what seems to come from the future is new.
    this.#consumer.aged(Math.max(0, Date.now() - this.eventTime) / 1_000);
  }

  handling(): HandlerTelemetry {
    return new HandlerMetrics(this.#consumer);
  }

  deadLettered(reason: DeadLetterReason): void {
    this.#consumer.deadLettered(reason);
  }

  settled(outcome: DeliveryOutcome): void {
    this.#consumer.settled(this, outcome);
  }
}

class HandlerMetrics implements HandlerTelemetry {
  readonly trace = undefined;
  readonly #consumer: ConsumerMetrics;
  readonly #start = performance.now();

  constructor(consumer: ConsumerMetrics) {
    this.#consumer = consumer;
  }

  run<T>(handler: () => T): T {
    return handler();
  }

  ended(failure?: Failed): void {
    this.#consumer.handlerEnded(secondsSince(this.#start), failure !== undefined);
  }
}
