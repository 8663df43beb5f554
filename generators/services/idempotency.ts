import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { parseDuration } from '../../core/units.ts';
import type { Context } from '../context.ts';
import type { Decision, IdempotencyPlan } from '../endpoint.ts';
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
): Result<Decision<IdempotencyPlan | false>> {
  const policy = graph.idempotencyOf(consumer);
  const at = addressOf('consumers', consumer.id);
  const strategy = policy?.strategy ?? 'key-store';
  const without = WITHOUT_STORE[strategy];
  if (without) return ok({ value: false, reason: without });

  const refuse = (message: string, hint: string) => fail([unsupported(at, message, hint)]);
  if (strategy !== 'key-store')
    return refuse(`idempotency by ${strategy} is not generated yet.`, 'Use the strategy key-store.');
  const store = policy?.store?.kind ?? 'redis';
  if (store !== 'redis')
    return refuse(`an idempotency store in ${store} is not generated yet.`, 'Use a store of the kind redis.');
  if (policy?.claim !== undefined && policy.claim !== 'two-phase')
    return refuse(
      `a claim ${policy.claim} the effect is not generated: a crash would lose or repeat the message.`,
      'Use the claim two-phase, or leave it out.',
    );
  if (policy?.ttl === 'permanent')
    return refuse('Redis keeps no permanent records.', 'Give a ttl such as 24h.');

  const p99 = parseDuration(consumer.value.processing?.p99 ?? '') ?? 0;
  return ok({
    value: {
      keyFrom: policy?.keyFrom ?? ['event_id'],
      leaseMs: parseDuration(policy?.inProgressLease ?? '') ?? Math.max(30_000, Math.ceil(3 * p99)),
      doneTtlMs: parseDuration(policy?.ttl ?? '') ?? DAY,
      deadTtlMs: deadTtl(graph.deadLetterOf(consumer)?.shape.retention),
    },
    reason: policy
      ? 'claim with a lease, effect, done-mark: a crash before the done-mark repeats the effect, never loses it'
      : 'not stated in the design, so the safe choice: a claim with a lease before the effect, a done-mark after it',
  });
}

/** A dead-mark must outlive the dead letter, or a late redelivery would run it again. */
const deadTtl = (retention: string | undefined): number => parseDuration(retention ?? '') ?? 14 * DAY;
