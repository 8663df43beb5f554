import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { review } from '../../../core/review/review.ts';
import type { RuleId } from '../../../core/rules/registry.ts';
import { reviewable } from '../rules/tester.ts';

/** What is said about a design that many teams would write down from a tutorial. */
interface Seed {
  readonly reports: readonly RuleId[];
  readonly accepts?: readonly RuleId[];
  readonly asks?: readonly (readonly [rule: RuleId, attribute: string])[];
}

const seeds: Readonly<Record<string, Seed>> = {
  'kafka-loop': {
    reports: [
      'dlq/kafka-poison-blocks-partition',
      'dlq/required',
      'idempotency/consumer-strategy-declared',
      'monitoring/backlog-alert',
      'kafka/min-insync-replicas',
    ],
    accepts: ['kafka/acks-all', 'kafka/idempotent-producer', 'kafka/manual-commit'],
  },
  'rabbitmq-exchanges': {
    reports: ['rabbitmq/unroutable-handled', 'dlq/unrouted-dlx', 'retention/queue-unbounded'],
    accepts: [
      'rabbitmq/publisher-confirms',
      'rabbitmq/durable-and-persistent',
      'rabbitmq/nack-requeue-loop',
      'idempotency/ack-after-processing',
    ],
  },
  'celery-redis': {
    reports: [
      'celery/manual-retry-defeats-backoff',
      'celery/no-dlq-by-default',
      'idempotency/check-then-act-race',
    ],
    asks: [['celery/visibility-timeout', 'consumers.processing']],
  },
  'sqs-polling': {
    reports: ['sqs/visibility-vs-batch', 'idempotency/consumer-strategy-declared'],
    accepts: ['sqs/long-polling', 'sqs/max-receive-count'],
  },
  'queue-with-four-services': { reports: ['pattern/competing-services-on-queue'] },
  'late-analytics': {
    reports: ['retention/covers-replay', 'ordering/partition-key-required'],
    // The generated group is the service's own; without one, every restart would read everything again.
    accepts: ['kafka/group-per-service'],
  },
};

describe.each(Object.entries(seeds))('%s', (name, { reports, accepts = [], asks = [] }) => {
  const url = new URL(`../../fixtures/seeds/${name}.loom.yaml`, import.meta.url);
  const { findings, unknowns } = review(reviewable(readFileSync(url, 'utf8')));
  const found = findings.map(({ ruleId }) => ruleId);

  test.each(reports)('reports %s', (rule) => expect(found).toContain(rule));

  test.each(accepts)('has nothing against it by %s', (rule) => {
    expect(found).not.toContain(rule);
    expect(unknowns.filter(({ rules }) => rules.includes(rule))).toEqual([]);
  });

  test.each(asks)('%s asks for %s', (rule, attribute) => {
    expect(found).not.toContain(rule);
    expect(unknowns.find((unknown) => unknown.attribute === attribute)?.rules).toContain(rule);
  });

  test('reports exactly what its list says', async () => {
    const list = findings.map(({ ruleId, element }) => `${ruleId} ${element}\n`);
    await expect(list.join('')).toMatchFileSnapshot(`../../golden/lint/${name}.txt`);
  });
});
