import type { Clients, ConsumerOptions } from './consumerContext.ts';
import type { Claim } from './idempotency/claim.ts';
import type { Transaction } from './idempotency/transaction.ts';
import type { Logger } from './log.ts';
import type { OutboxClient } from './outbox/client.ts';
import type { ProducerClient } from './producer.ts';
import type { TraceContext } from './telemetry/telemetry.ts';
import type { Envelope, HandlerContext, ProducerMap, Producers, Received, SendOptions } from './types.ts';

/** One call of a handler. */
export interface Call {
  readonly key: string;
  /** From 1. */
  readonly attempt: number;
  readonly claim: Pick<Claim, 'signal'>;
  /** What the handler sends continues this trace. Default: that of the message. */
  readonly trace: TraceContext | undefined;
  /** With an inbox only. */
  readonly transaction: Transaction | undefined;
}

/** What a handler gets besides the message. */
export function handlerContext(
  options: ConsumerOptions,
  { envelope }: Received,
  call: Call,
): HandlerContext & { readonly transaction?: Transaction } {
  const context = new LazyContext(options, envelope, call);
  return call.transaction === undefined ? context : Object.assign(context, { transaction: call.transaction });
}

/** The parts that few handlers use are made when they are asked for. */
class LazyContext implements HandlerContext {
  readonly #options: ConsumerOptions;
  readonly #envelope: Envelope;
  readonly #call: Call;
  #producers: Producers<ProducerMap> | undefined;
  #log: Logger | undefined;

  constructor(options: ConsumerOptions, envelope: Envelope, call: Call) {
    this.#options = options;
    this.#envelope = envelope;
    this.#call = call;
  }

  get signal(): AbortSignal {
    return this.#call.claim.signal;
  }

  get attempt(): number {
    return this.#call.attempt;
  }

  get idempotencyKey(): string {
    return this.#call.key;
  }

  get producers(): Producers<ProducerMap> {
    this.#producers ??= causedBy(this.#options.producers, this.#envelope, this.#trace);
    return this.#producers;
  }

  get log(): Logger {
    const { log, id } = this.#options;
    const { eventId, correlationId } = this.#envelope;
    const { attempt } = this.#call;
    this.#log ??= log.child({ consumer: id, eventId, correlationId, attempt, ...traceId(this.#trace) });
    return this.#log;
  }

  get #trace(): TraceContext {
    return this.#call.trace ?? this.#envelope;
  }
}

/** The same producers, with the handled message named as the cause of what they send. */
function causedBy(
  producers: Clients,
  cause: Envelope,
  { traceparent, tracestate }: TraceContext,
): Producers<ProducerMap> {
  const context: SendOptions = {
    correlationId: cause.correlationId,
    causationId: cause.eventId,
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(tracestate === undefined ? {} : { tracestate }),
  };
  const bind = (client: ProducerClient | OutboxClient) => ({
    send: (type: string, data: unknown, options?: SendOptions) =>
      client.send(type, data, { ...context, ...options }),
    ...('transact' in client ? { transact: client.transact.bind(client) } : {}),
  });
  const bound = Object.entries(producers).map(([name, client]) => [name, bind(client)]);
  // The clients check types at run time; `Producers` says the same to the compiler.
  return Object.fromEntries(bound) as Producers<ProducerMap>;
}

/** Second field of https://www.w3.org/TR/trace-context/#traceparent-header; a foreign text is not copied into logs. */
function traceId({ traceparent = '' }: TraceContext): { traceId?: string } {
  const id = /^[\da-f]{2}-([\da-f]{32})-/.exec(traceparent)?.[1];
  return id === undefined ? {} : { traceId: id };
}
