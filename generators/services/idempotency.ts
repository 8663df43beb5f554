import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { parseDuration } from '../../core/units.ts';
import type { Context } from '../context.ts';
import type { Decision, RememberedPlan } from '../endpoint.ts';
import { unsupported } from '../kit/problems.ts';

const DAY = 86_400_000;

/** Strategies where the effect itself bears repetition, with why no store is needed. */
const WITHOUT_STORE: Readonly<Record<string, string>> = {
  none: 'none: the design says so; a redelivery repeats the effect',
  natural: 'natural: repeating the effect changes nothing, says the design',
  'unique-constraint': 'unique-constraint: the table that the handler writes refuses the second row',
  'upsert-version': 'upsert-version: the handler writes only if the version is newer',
};

/** How a consumer keeps a second delivery from repeating the effect. */
export function planIdempotency(
  { graph }: Context,
  consumer: Named<Consumer>,
): Result<Decision<RememberedPlan | false>> {
  const policy = graph.idempotencyOf(consumer);
  const at = addressOf('consumers', consumer.id);
  const strategy = policy?.strategy ?? 'key-store';
  const without = WITHOUT_STORE[strategy];
  if (without) return ok({ value: false, reason: without });

  const refuse = (message: string, hint: string) => fail([unsupported(at, message, hint)]);
  const inbox = strategy === 'transactional-inbox';
  if (strategy !== 'key-store' && !inbox)
    return refuse(
      `idempotency by ${strategy} is not generated yet.`,
      'Use the strategy key-store or transactional-inbox.',
    );
  const store = policy?.store?.kind ?? (inbox ? 'postgres' : 'redis');
  if (store !== 'redis' && store !== 'postgres')
    return refuse(
      `an idempotency store in ${store} is not generated yet.`,
      'Use a store of the kind redis or postgres.',
    );
  if (inbox && store !== 'postgres')
    return refuse(
      'Redis takes no part in the transaction of a handler.',
      'Use a store of the kind postgres, or the strategy key-store.',
    );
  const claim = inbox ? 'transactional' : 'two-phase';
  if (policy?.claim !== undefined && policy.claim !== claim)
    return refuse(
      `a claim ${policy.claim} is not generated for ${strategy}: a crash would lose or repeat the message.`,
      `Use the claim ${claim}, or leave it out.`,
    );
  if (policy?.ttl === 'permanent' && store === 'redis')
    return refuse('Redis keeps no permanent records.', 'Give a ttl such as 24h.');

  const p99 = parseDuration(consumer.value.processing?.p99 ?? '') ?? 0;
  return ok({
    value: {
      keyFrom: policy?.keyFrom ?? ['event_id'],
      leaseMs: parseDuration(policy?.inProgressLease ?? '') ?? Math.max(30_000, Math.ceil(3 * p99)),
      doneTtlMs: policy?.ttl === 'permanent' ? 'permanent' : (parseDuration(policy?.ttl ?? '') ?? DAY),
      deadTtlMs: deadTtl(graph.deadLetterOf(consumer)?.shape.retention),
      store,
      inbox,
    },
    reason: inbox
      ? 'what the handler writes through its transaction commits together with the done-mark: once per key'
      : policy
        ? 'claim with a lease, effect, done-mark: a crash before the done-mark repeats the effect, never loses it'
        : 'not stated in the design, so the safe choice: a claim with a lease before the effect, a done-mark after it',
  });
}

/** A dead-mark must outlive the dead letter, or a late redelivery would run it again. */
const deadTtl = (retention: string | undefined): number => parseDuration(retention ?? '') ?? 14 * DAY;
