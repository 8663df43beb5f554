import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../core/result.ts';
import { contextOf } from '../../../generators/context.ts';
import { passes } from '../../../generators/sns/filter.ts';
import { planSns, type SnsPlan } from '../../../generators/sns/plan.ts';
import { designOf } from '../support.ts';

const design = ({
  broker = '',
  topic = '',
  queue = '',
  subscription = '',
  producer = '',
  more = '',
} = {}) => `brokerloom: 1
design: { name: small }
brokers: { events: { kind: sns ${broker && `, ${broker}`} }, work: { kind: sqs } }
messages: { made: { aggregateIdPath: /id }, gone: { aggregateIdPath: /id } }
topics: { news: { broker: events ${topic && `, ${topic}`} } }
queues: { jobs: { broker: work, deadLetter: true ${queue && `, ${queue}`} } }
subscriptions: { s: { topic: news, endpoint: jobs ${subscription && `, ${subscription}`} } }
producers: { client: { channel: news, messages: [made, gone] ${producer && `, ${producer}`} } }
consumers: { worker: { channel: jobs, idempotency: standard } }
${more}`;

const planned = (text: string) => {
  const context = contextOf(designOf(text));
  if (!context.ok) throw new Error(JSON.stringify(context.error));
  return planSns(context.value, 'events');
};
const problemsOf = (text: string): readonly Problem[] => {
  const result = planned(text);
  return result.ok ? [] : result.error;
};
const planOf = (text: string): SnsPlan => {
  const result = planned(text);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

describe('what is not generated is said, never passed over', () => {
  test('the small design itself is planned', () => expect(problemsOf(design())).toEqual([]));

  test.each([
    ['brokers/events', { broker: 'tls: false' }],
    ['topics/news', { topic: 'throughputScope: topic' }],
    ['topics/news', { topic: 'maxMessageSize: 1MiB' }],
    ['topics/news', { topic: 'name: a b' }],
    ['subscriptions/s', { subscription: 'raw: false' }],
    ['subscriptions/s', { subscription: 'protocol: http' }],
    ['subscriptions/s', { queue: 'type: fifo' }],
    ['producers/client', { producer: 'dedupId: /id' }],
    ['consumers/reader', { more: '' }],
  ] as const)('%s of %j', (element, parts) => {
    const text = design(parts).replace(
      'consumers: {',
      element === 'consumers/reader' ? 'consumers: { reader: { channel: news },' : 'consumers: {',
    );
    expect(problemsOf(text).map((problem) => problem.element)).toContain(element);
  });
});

test('a subscription is raw, carries its filter and says which types may pass', () => {
  const filter = 'filter: { loom-event-type: [made] }';
  expect(planOf(design({ subscription: filter })).subscriptions).toEqual([
    {
      topic: 'news',
      queue: 'jobs',
      attributes: {
        RawMessageDelivery: 'true',
        FilterPolicy: '{"loom-event-type":["made"]}',
        FilterPolicyScope: 'MessageAttributes',
      },
      types: ['made'],
    },
  ]);
  expect(planOf(design()).subscriptions[0]?.types).toEqual(['gone', 'made']);
});

describe('a filter policy', () => {
  const known = { type: 'order.made', tenant: 'a', count: 3 };
  test.each([
    [{ type: ['order.made', 'x'] }, true],
    [{ type: ['x'] }, false],
    [{ type: [{ prefix: 'order.' }] }, true],
    [{ type: [{ suffix: '.gone' }] }, false],
    [{ type: [{ 'anything-but': ['order.made'] }] }, false],
    [{ type: [{ 'anything-but': { prefix: 'bill.' } }] }, true],
    [{ type: [{ exists: true }] }, true],
    [{ type: [{ exists: false }] }, false],
    [{ tenant: [{ 'equals-ignore-case': 'A' }], type: ['order.made'] }, true],
    [{ tenant: ['b'], other: ['x'] }, false],
    [{ other: ['x'] }, undefined],
    [{ count: [{ numeric: ['>', 1] }] }, undefined],
    [{ $or: [{ tenant: ['b'] }, { type: ['order.made'] }] }, true],
    [{ count: [3] }, true],
  ] as const)('%j lets through: %s', (policy, verdict) => {
    expect(passes(policy, known)).toBe(verdict);
  });
});
