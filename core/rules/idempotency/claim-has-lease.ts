import type { ElementAddress } from '../../design/design.ts';
import type { IdempotencyShape } from '../../kinds/shared.ts';
import { defineRule } from '../../review/rule.ts';
import { fieldOf, type PolicySite, policySite } from '../../review/support/policies.ts';
import { formatDuration, parseDuration } from '../../units.ts';
import { z } from '../../zod.ts';

/** Strategies that mark a key; the others need no claim. */
const CLAIMING: ReadonlySet<string> = new Set(['key-store', 'unique-constraint', 'transactional-inbox']);
const MIN_LEASE = 30_000;

export const claimHasLease = defineRule({
  id: 'idempotency/claim-has-lease',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'auto',
    title: 'Claims end when their owner dies',
    docs: {
      what: 'An idempotency policy with `claim: before` marks the key before the message is processed. It needs a lease (`inProgressLease`), after which the claim ends. `claim: two-phase` claims with a lease and marks the key as done after the effect; it is what the generator uses where `claim` is missing.',
      why: 'A process that dies between claim and effect leaves the mark behind. The redelivered message then looks like a duplicate, is acknowledged and lost, and every metric reads as success.',
    },
    sources: [
      'https://github.com/aws-powertools/powertools-lambda-python/releases/tag/v1.26.7',
      'https://redis.io/docs/latest/commands/set/',
    ],
  },
  options: z.strictObject({}),
  messages: {
    'no-lease': {
      message: '{owner} claims the key before processing and gives the claim no lease.',
      consequence:
        'After a crash the redelivery is taken for a duplicate and acknowledged: the message is lost.',
    },
  },
  needs: [],
  check({ design, report, passByDefault }) {
    const sites = new Map<ElementAddress, { site: PolicySite<IdempotencyShape>; p99: number }>();
    for (const [id, consumer] of design.consumers) {
      const value = consumer.idempotency as string | IdempotencyShape | undefined;
      const site = policySite({ section: 'consumers', id }, 'idempotency', value, design.idempotencyPolicies);
      if (!site || (site.shape.strategy !== undefined && !CLAIMING.has(site.shape.strategy))) continue;
      const p99 = Math.max(parseDuration(consumer.processing?.p99 ?? '') ?? 0, sites.get(site.at)?.p99 ?? 0);
      sites.set(site.at, { site, p99 });
    }
    for (const { site, p99 } of sites.values()) {
      const { claim, inProgressLease } = site.shape;
      if (claim === undefined) passByDefault({ at: site.at, attribute: 'idempotencyPolicies.claim' });
      if (claim !== 'before' || inProgressLease !== undefined) continue;
      const lease = formatDuration(Math.max(MIN_LEASE, 3 * p99));
      report({
        at: site.at,
        field: fieldOf(site, 'claim'),
        messageId: 'no-lease',
        data: {
          owner: site.field
            ? `Consumer ${site.at.slice('consumers/'.length)}`
            : `Policy ${site.at.slice('idempotencyPolicies/'.length)}`,
        },
        fix: {
          label: `Claim in two phases with a lease of ${lease}`,
          patches: () => [
            { op: 'set', path: [...site.path, 'claim'], value: 'two-phase' },
            { op: 'set', path: [...site.path, 'inProgressLease'], value: lease },
          ],
        },
      });
    }
  },
});
