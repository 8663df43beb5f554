import type { ConsumerOptions } from '../consumerContext.ts';
import { ConfigurationError } from '../errors.ts';
import type { ClaimSettings } from './claim.ts';
import { type Claims, StoreClaims, unguarded } from './claims.ts';
import { isTransactional } from './store.ts';

const defaultLeaseMs = 30_000;
const defaultDoneTtlMs = 86_400_000;
const defaultDeadTtlMs = 14 * 86_400_000;

/**
 * How a consumer gets its claims.
 * @throws ConfigurationError when it has an inbox and the store has no transactions
 */
export function claimsFor({ definition, store, service, id, telemetry }: ConsumerOptions): Claims {
  const { idempotency } = definition;
  if (idempotency === false || store === undefined) return unguarded;
  const { inbox = false, leaseMs = defaultLeaseMs, doneTtlMs = defaultDoneTtlMs } = idempotency;
  const settings: ClaimSettings = {
    leaseMs,
    doneTtlMs: doneTtlMs === 'permanent' ? Number.POSITIVE_INFINITY : doneTtlMs,
    deadTtlMs: idempotency.deadTtlMs ?? defaultDeadTtlMs,
    onFailure: () => telemetry.storeFailed(),
  };
  if (!inbox) return new StoreClaims(store, settings);
  if (isTransactional(store)) return new StoreClaims(store, settings, store);
  throw new ConfigurationError(
    `${service}.${id} has an inbox, which needs a store with transactions such as PostgreSQL.`,
  );
}
