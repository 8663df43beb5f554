import { MessagingError } from '../errors.ts';
import type { HistogramSeries } from './histogram.ts';
import type { Instruments } from './instruments.ts';
import { outcomeOf, type SendOutcome, sendOutcomes } from './metrics.ts';
import { secondsSince, Tally } from './series.ts';
import type { Failed, ProducerIdentity, ProducerTelemetry, SendTelemetry } from './telemetry.ts';

export class ProducerMetrics implements ProducerTelemetry {
  readonly #gauge;
  readonly #outcomes: ReadonlyMap<SendOutcome, Tally>;
  readonly #duration: HistogramSeries;
  readonly attempts: Tally;
  #unsettled = 0;

  constructor(to: Instruments, { broker, producer, destination }: ProducerIdentity) {
    const labels = { broker, producer, destination };
    this.#gauge = to.unsettled.labels(labels);
    this.attempts = new Tally(to.sendAttempts.labels(labels));
    this.#duration = to.sendDuration.labels(labels);
    this.#outcomes = new Map(
      sendOutcomes.map((outcome) => [outcome, new Tally(to.sends.labels({ ...labels, outcome }))]),
    );
  }

  sample(): void {
    this.#gauge.set(this.#unsettled);
    this.attempts.tell();
    for (const outcome of this.#outcomes.values()) outcome.tell();
  }

  sending(): SendTelemetry {
    this.#unsettled++;
    return new SendMetrics(this);
  }

  settled(start: number, failure: Failed | undefined): void {
    this.#unsettled--;
    if (failure === undefined) this.#duration.observe(secondsSince(start));
    this.#outcomes.get(sendOutcome(failure))?.add();
  }
}

class SendMetrics implements SendTelemetry {
  readonly trace = undefined;
  readonly #producer: ProducerMetrics;
  readonly #start = performance.now();

  constructor(producer: ProducerMetrics) {
    this.#producer = producer;
  }

  prepared(): void {}

  attempted(): void {
    this.#producer.attempts.add();
  }

  settled(failure?: Failed): void {
    this.#producer.settled(this.#start, failure);
  }
}

function sendOutcome(failure: Failed | undefined): SendOutcome {
  if (failure === undefined) return 'confirmed';
  return failure.error instanceof MessagingError ? outcomeOf(failure.error) : 'other';
}
