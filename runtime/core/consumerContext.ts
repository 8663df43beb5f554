import type { Claim } from './idempotency/claim.ts';
import type { Claims } from './idempotency/claims.ts';
import type { IdempotencyStore } from './idempotency/store.ts';
import type { Lanes } from './lanes.ts';
import type { Logger } from './log.ts';
import type { OffsetStore } from './offsets.ts';
import type { OutboxClient } from './outbox/client.ts';
import type { Problems } from './problems.ts';
import type { ProducerClient } from './producer.ts';
import type { Semaphore } from './semaphore.ts';
import type { ConsumerTelemetry } from './telemetry/telemetry.ts';
import type { ConsumerDefinition, Transport } from './types.ts';

/** The producers of a service at work, by id. */
export type Clients = Readonly<Record<string, ProducerClient | OutboxClient>>;

/** What a consumer is made from. */
export interface ConsumerOptions {
  readonly service: string;
  readonly id: string;
  readonly definition: ConsumerDefinition;
  readonly transport: Transport;
  readonly store: IdempotencyStore | undefined;
  readonly offsets: OffsetStore | undefined;
  readonly producers: Clients;
  readonly problems: Problems;
  readonly telemetry: ConsumerTelemetry;
  readonly log: Logger;
}

/** What one consumer's deliveries share. */
export interface ProcessContext extends ConsumerOptions {
  readonly claims: Claims;
  /** Claims of messages at work, to be aborted when the grace time of a shutdown is over. */
  readonly held: Set<Claim>;
  readonly lanes: Lanes;
  readonly admission: Semaphore;
  readonly handlers: Semaphore;
  readonly stopping: AbortSignal;
  readonly graceOver: AbortSignal;
}
