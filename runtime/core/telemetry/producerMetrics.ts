import { MessagingError } from '../errors.ts';
import type { Instruments } from './instruments.ts';
import { outcomeOf, sendOutcomes } from './metrics.ts';
import { secondsSince, startAtZero } from './series.ts';
import type { Failed, ProducerIdentity, ProducerTelemetry, SendTelemetry } from './telemetry.ts';

const ignored = () => {};

export class ProducerMetrics implements ProducerTelemetry {
  readonly #gauge;
  readonly #outcomes;
  readonly #attempts;
  readonly #duration;
  #unsettled = 0;

  constructor(to: Instruments, { broker, producer, destination }: ProducerIdentity) {
    const labels = { broker, producer, destination };
    this.#gauge = to.unsettled.labels(labels);
    this.#attempts = to.sendAttempts.labels(labels);
    this.#duration = to.sendDuration.labels(labels);
    this.#outcomes = new Map(
      sendOutcomes.map((outcome) => [outcome, to.sends.labels({ ...labels, outcome })]),
    );
    startAtZero([this.#attempts, ...this.#outcomes.values()]);
    to.sendDuration.zero(labels);
  }

  sample(): void {
    this.#gauge.set(this.#unsettled);
  }

  sending(): SendTelemetry {
    const start = performance.now();
    this.#unsettled++;
    return {
      trace: undefined,
      prepared: ignored,
      attempted: () => this.#attempts.inc(),
      settled: (failure) => {
        this.#unsettled--;
        if (failure === undefined) this.#duration.observe(secondsSince(start));
        this.#outcomes.get(sendOutcome(failure))?.inc();
      },
    };
  }
}

function sendOutcome(failure: Failed | undefined) {
  if (failure === undefined) return 'confirmed';
  return failure.error instanceof MessagingError ? outcomeOf(failure.error) : 'other';
}
