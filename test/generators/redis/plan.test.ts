import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../core/result.ts';
import { contextOf } from '../../../generators/context.ts';
import { planRedis, type RedisPlan } from '../../../generators/redis/plan.ts';
import { designOf, exampleText, fileOf, generated } from '../support.ts';

const design = ({
  broker = '',
  stream = '',
  dead = '',
  producer = '',
  consumer = '',
  more = '',
} = {}): string => `brokerloom: 1
design: { name: small }
brokers: { log: { kind: redis ${broker && `, ${broker}`} } }
messages: { job: { aggregateIdPath: /id } }
streams:
  jobs: { broker: log ${stream && `, ${stream}`} }
  dead: { broker: log ${dead && `, ${dead}`} }
producers: { client: { channel: jobs, messages: [job] ${producer && `, ${producer}`} } }
consumers: { worker: { channel: jobs, deadLetter: dead, idempotency: standard ${consumer && `, ${consumer}`} } }
${more}`;

const planned = (text: string) => {
  const context = contextOf(designOf(text));
  if (!context.ok) throw new Error(JSON.stringify(context.error));
  return planRedis(context.value, 'log');
};
const problemsOf = (text: string): readonly Problem[] => {
  const result = planned(text);
  return result.ok ? [] : result.error;
};
const planOf = (text: string): RedisPlan => {
  const result = planned(text);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const ordered = 'flows: { f: { from: [client], to: [worker], ordering: per-key, orderingKey: /id } }';

describe('what is not generated is said, never passed over', () => {
  test('the small design itself is planned', () => expect(problemsOf(design())).toEqual([]));

  test.each([
    ['brokers/log', { broker: 'version: "6.2"' }],
    ['brokers/log', { broker: 'version: latest' }],
    ['brokers/log', { broker: 'nodes: 3' }],
    ['brokers/log', { broker: 'replicas: 1' }],
    ['brokers/log', { broker: 'tls: true' }],
    ['brokers/log', { broker: 'emulator: "redis:8"' }],
    ['brokers/log', { broker: 'fsync: no' }],
    ['brokers/log', { broker: 'persistence: { aof: false }' }],
    ['brokers/log', { broker: 'maxmemoryPolicy: allkeys-lru' }],
    ['streams/jobs', { stream: 'minId: 1-0' }],
    ['streams/jobs', { stream: 'minId: acknowledged, maxLen: 5' }],
    ['streams/jobs', { stream: 'maxLen: 5, trimMode: DELREF' }],
    ['streams/dead', { dead: 'maxLen: 5' }],
    ['streams/jobs', { stream: 'name: a b' }],
    ['streams/dead', { dead: 'name: jobs' }],
    ['producers/client', { producer: 'shutdown: none' }],
    ['consumers/worker', { consumer: 'noack: true' }],
    ['consumers/worker', { consumer: 'ack: before' }],
    ['consumers/worker', { consumer: 'group: "*"' }],
    ['consumers/worker', { consumer: 'onFailure: stop' }],
    ['consumers/worker', { consumer: 'retry: { mode: retry-topic }', more: ordered }],
    ['flows/f', { more: 'flows: { f: { from: [client], to: [worker], delivery: exactly-once } }' }],
  ])('%s with %o', (element, settings) => {
    const found = problemsOf(design(settings));
    expect(found.map((problem) => problem.element)).toContain(element);
    for (const { hint } of found) expect(hint).toMatch(/\w/);
  });
});

describe('a group', () => {
  const groupOf = (text: string) => planOf(text).redisConsumers[0]?.group;

  test('takes over after a minute and gives up after 50 deliveries, where the design does not say', () => {
    expect(groupOf(design())).toEqual({
      name: 'worker.worker',
      startFrom: 'earliest',
      minIdleMs: 60_000,
      intervalMs: 30_000,
      backstop: {
        maxDeliveries: 50,
        deadLetter: 'dead',
        service: 'worker',
        consumer: 'worker',
        retryTopic: 'worker.worker.retry',
      },
    });
  });

  test('waits three times as long as slow work takes', () => {
    expect(groupOf(design({ consumer: 'processing: { p99: 40s }' }))?.minIdleMs).toBe(120_000);
  });

  test('has one member at work where a flow relies on the order, and repeats in place', () => {
    const { redisConsumers } = planOf(design({ more: ordered }));
    expect(redisConsumers[0]?.group.singleActive).toBe(true);
    expect(redisConsumers[0]?.plan.retry.value.tiers).toEqual([]);
  });
});

describe('a stream', () => {
  const trimOf = (stream: string) =>
    planOf(design({ stream })).streams.find(({ name }) => name === 'jobs')?.trim;

  test('keeps what a group needs, unless the design says that it may be lost', () => {
    expect(trimOf('maxLen: 5')).toEqual({ maxLen: 5 });
    expect(trimOf('maxLen: 5, trimMode: KEEPREF')).toEqual({ maxLen: 5, evict: true });
    expect(trimOf('minId: acknowledged')).toEqual({ acknowledged: true });
    expect(trimOf('')).toBeUndefined();
  });

  test('of retries forgets what is acknowledged, one of dead letters nothing', () => {
    const trims = planOf(design()).streams.map(({ name, trim }) => [name, trim]);
    expect(trims).toContainEqual(['worker.worker.retry', { acknowledged: true }]);
    expect(trims).toContainEqual(['dead', undefined]);
  });
});

test('a service may use the keys of its own streams, and nothing dangerous', () => {
  const users = new Map(planOf(design()).users.map(({ name, rules }) => [name, rules]));
  expect(users.get('client')).toBe('~jobs ~jobs:* ~loom:streams +@all -@dangerous');
  expect([...users.keys()]).toEqual(['client', 'worker', 'operator']);
});

test('Redis refuses when it is full, and writes what is confirmed to its append-only file', () => {
  const conf = fileOf(generated(exampleText('parcels')), 'brokers/scans/redis.conf');
  expect(conf).toMatch(/^appendonly yes$/m);
  expect(conf).toMatch(/^appendfsync everysec$/m);
  expect(conf).toMatch(/^maxmemory-policy noeviction$/m);
  expect(conf).toMatch(/^maxmemory 4294967296$/m);
});
