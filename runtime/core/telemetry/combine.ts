import type {
  ConsumerTelemetry,
  DeliveryTelemetry,
  HandlerTelemetry,
  ProducerTelemetry,
  SendTelemetry,
  Telemetry,
} from './telemetry.ts';

/** Tells two of them everything. The first that has a trace context gives it. */
export function combineTelemetry(a: Telemetry, b: Telemetry): Telemetry {
  return {
    producer: (of) => bothProducers(a.producer(of), b.producer(of)),
    consumer: (of) => bothConsumers(a.consumer(of), b.consumer(of)),
    service(state) {
      a.service(state);
      b.service(state);
    },
  };
}

function bothProducers(a: ProducerTelemetry, b: ProducerTelemetry): ProducerTelemetry {
  return {
    sending: (message, parent) => new BothSends(a.sending(message, parent), b.sending(message, parent)),
  };
}

function bothConsumers(a: ConsumerTelemetry, b: ConsumerTelemetry): ConsumerTelemetry {
  return {
    subscribed(subscription) {
      a.subscribed(subscription);
      b.subscribed(subscription);
    },
    received: () => new BothDeliveries(a.received(), b.received()),
    storeFailed() {
      a.storeFailed();
      b.storeFailed();
    },
    copyFailed() {
      a.copyFailed();
      b.copyFailed();
    },
  };
}

class BothSends implements SendTelemetry {
  readonly #a: SendTelemetry;
  readonly #b: SendTelemetry;

  constructor(a: SendTelemetry, b: SendTelemetry) {
    this.#a = a;
    this.#b = b;
  }

  get trace() {
    return this.#a.trace ?? this.#b.trace;
  }

  prepared(message: Parameters<SendTelemetry['prepared']>[0]): void {
    this.#a.prepared(message);
    this.#b.prepared(message);
  }

  attempted(): void {
    this.#a.attempted();
    this.#b.attempted();
  }

  settled(...failure: Parameters<SendTelemetry['settled']>): void {
    this.#a.settled(...failure);
    this.#b.settled(...failure);
  }
}

class BothDeliveries implements DeliveryTelemetry {
  readonly #a: DeliveryTelemetry;
  readonly #b: DeliveryTelemetry;

  constructor(a: DeliveryTelemetry, b: DeliveryTelemetry) {
    this.#a = a;
    this.#b = b;
  }

  decoded(...message: Parameters<DeliveryTelemetry['decoded']>): void {
    this.#a.decoded(...message);
    this.#b.decoded(...message);
  }

  handling(...message: Parameters<DeliveryTelemetry['handling']>): HandlerTelemetry {
    return bothHandlers(this.#a.handling(...message), this.#b.handling(...message));
  }

  deadLettered(...reason: Parameters<DeliveryTelemetry['deadLettered']>): void {
    this.#a.deadLettered(...reason);
    this.#b.deadLettered(...reason);
  }

  settled(...outcome: Parameters<DeliveryTelemetry['settled']>): void {
    this.#a.settled(...outcome);
    this.#b.settled(...outcome);
  }
}

function bothHandlers(a: HandlerTelemetry, b: HandlerTelemetry): HandlerTelemetry {
  return {
    trace: a.trace ?? b.trace,
    run: (handler) => a.run(() => b.run(handler)),
    ended(failure) {
      a.ended(failure);
      b.ended(failure);
    },
  };
}
