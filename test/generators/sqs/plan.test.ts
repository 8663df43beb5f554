import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../core/result.ts';
import { contextOf } from '../../../generators/context.ts';
import { planSqs, type SqsPlan } from '../../../generators/sqs/plan.ts';
import { designOf, fileOf, generated } from '../support.ts';

const design = ({
  broker = '',
  queue = '',
  producer = '',
  consumer = '',
  more = '',
} = {}): string => `brokerloom: 1
design: { name: small }
brokers: { work: { kind: sqs ${broker && `, ${broker}`} } }
messages: { job: { aggregateIdPath: /id, examples: [{ id: a }] } }
queues: { jobs: { broker: work ${queue && `, ${queue}`} ${queue.includes('deadLetter') ? '' : ', deadLetter: true'} } }
producers: { client: { channel: jobs, messages: [job] ${producer && `, ${producer}`} } }
consumers: { worker: { channel: jobs, idempotency: standard ${consumer && `, ${consumer}`} } }
${more}`;

const planned = (text: string) => {
  const context = contextOf(designOf(text));
  if (!context.ok) throw new Error(JSON.stringify(context.error));
  return planSqs(context.value, 'work');
};
const problemsOf = (text: string): readonly Problem[] => {
  const result = planned(text);
  return result.ok ? [] : result.error;
};
const planOf = (text: string): SqsPlan => {
  const result = planned(text);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const ordered = 'flows: { f: { from: [client], to: [worker], ordering: per-key, orderingKey: /id } }';

describe('what is not generated is said, never passed over', () => {
  test('the small design itself is planned', () => expect(problemsOf(design())).toEqual([]));

  test.each([
    ['brokers/work', { broker: 'emulator: "softwaremill/elasticmq:1"' }],
    ['brokers/work', { broker: 'tls: false' }],
    ['brokers/work', { broker: 'auth: { mode: plain }' }],
    ['queues/jobs', { queue: 'visibility: 13h' }],
    ['queues/jobs', { queue: 'retention: 15d' }],
    ['queues/jobs', { queue: 'waitTime: 30s' }],
    ['queues/jobs', { queue: 'delay: 1h' }],
    ['queues/jobs', { queue: 'name: a.b' }],
    ['queues/jobs', { queue: 'type: fifo, name: jobs' }],
    ['queues/jobs', { queue: 'type: standard, fifo: { highThroughput: true }' }],
    ['producers/client', { producer: 'shutdown: none' }],
    ['producers/client', { producer: 'dedupId: /id' }],
    ['consumers/worker', { consumer: 'ack: before' }],
    ['consumers/worker', { consumer: 'heartbeat: false' }],
    ['consumers/worker', { consumer: 'batchSize: 100' }],
    ['consumers/worker', { consumer: 'functionTimeout: 30s' }],
    ['consumers/worker', { consumer: 'onFailure: stop' }],
    ['consumers/worker', { consumer: 'retry: { mode: delayed-queue }' }],
    ['consumers/worker', { more: ordered }],
    ['consumers/worker', { queue: 'deadLetter: false' }],
    ['flows/f', { more: 'flows: { f: { from: [client], to: [worker], delivery: exactly-once } }' }],
    ['streams/s', { more: 'streams: { s: { broker: work } }' }],
  ] as const)('%s of %j', (element, parts) => {
    const problems = problemsOf(design(parts));
    expect(problems.map((problem) => problem.element)).toContain(element);
    for (const { hint } of problems) expect(hint).not.toBe('');
  });

  test('a dead-letter queue of the other type', () => {
    const text = `${design({ queue: 'type: fifo, deadLetter: dead' })}`.replace(
      'queues: {',
      'queues: { dead: { broker: work },',
    );
    expect(problemsOf(text)[0]?.message).toContain('dead');
  });
});

describe('a standard queue', () => {
  const plan = planOf(design({ consumer: 'retry: { maxAttempts: 3, baseDelay: 1s }, concurrency: 8' }));

  test('has dead letters under a name that SQS takes, and the redrive policy behind the attempts', () => {
    expect(plan.queues.map(({ name }) => name)).toEqual(['jobs', 'jobs-dlq']);
    expect(plan.queues[0]?.redrive).toEqual({ queue: 'jobs-dlq', maxReceiveCount: 50 });
    expect(plan.queues[1]?.attributes['MessageRetentionPeriod']).toBe('1209600');
  });

  test('hides what failed in itself', () => {
    expect(plan.sqsConsumers[0]?.retry.value.tiers).toEqual([
      { delayMs: 1000, queue: 'jobs' },
      { delayMs: 2000, queue: 'jobs' },
    ]);
    expect(plan.sqsConsumers[0]?.prefetch.value).toBe(42);
  });

  test('is encrypted, polled long, and as the design says', () => {
    const { attributes = {} } = planOf(design({ queue: 'visibility: 2m, waitTime: 10s' })).queues[0] ?? {};
    expect(attributes).toEqual({
      VisibilityTimeout: '120',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '10',
      DelaySeconds: '0',
      SqsManagedSseEnabled: 'true',
    });
  });
});

describe('a FIFO queue', () => {
  const plan = planOf(
    design({
      queue: 'type: fifo, fifo: { highThroughput: true }',
      producer: 'messageGroupId: /tenant',
      more: ordered,
    }),
  );

  test('is called so, as its dead-letter queue is', () => {
    expect(plan.queues.map(({ name }) => name)).toEqual(['jobs-dlq.fifo', 'jobs.fifo']);
    expect(plan.queues[1]?.attributes).toMatchObject({
      FifoQueue: 'true',
      FifoThroughputLimit: 'perMessageGroupId',
    });
  });

  test('repeats in place, in lanes, and sends under its key', () => {
    const [consumer] = plan.sqsConsumers;
    expect(consumer?.retry.value.tiers).toEqual([]);
    expect(consumer?.retry.reason).toContain('its group waits');
    expect(consumer?.ordering.value).toBe('per-key');
    expect(plan.producers.get('client')).toMatchObject({ ordered: 'per-key', partitionKey: '/tenant' });
  });
});

test('each endpoint has an IAM policy for its own queues and no more', () => {
  const policies = JSON.parse(fileOf(generated(design()), 'brokers/work/policies.json'));
  const resources = (policy: { Statement: { Action: string[]; Resource: string[] }[] }) =>
    policy.Statement.map(({ Action, Resource }) => [Action.includes('sqs:ReceiveMessage'), Resource]);
  expect(resources(policies.consumers.worker)).toEqual([
    [true, ['arn:aws:sqs:*:*:jobs']],
    [false, ['arn:aws:sqs:*:*:jobs', 'arn:aws:sqs:*:*:jobs-dlq']],
  ]);
  expect(resources(policies.producers.client)).toEqual([[false, ['arn:aws:sqs:*:*:jobs']]]);
  expect(resources(policies.tools.dlq)).toEqual([
    [true, ['arn:aws:sqs:*:*:jobs-dlq']],
    [false, ['arn:aws:sqs:*:*:jobs']],
  ]);
});

describe('dead letters are told to be of several where SQS cannot know', () => {
  const mixed = (text: string) => planOf(text).queues.filter((queue) => queue.mixed);
  const text = design({ queue: 'deadLetter: { target: dead }' }).replace(
    'queues: {',
    'queues: { dead: { broker: work }, other: { broker: work, deadLetter: true },',
  );

  test('not where one queue has them to itself', () => {
    expect(mixed(design())).toEqual([]);
    expect(mixed(text)).toEqual([]);
  });

  test('where another consumer sends its own there, whose queue has a redrive policy to elsewhere', () => {
    const shared = text.replace(
      'consumers: {',
      'consumers: { clerk: { channel: other, messages: [job], idempotency: standard, deadLetter: { target: dead } },',
    );
    expect(mixed(shared)).toMatchObject([{ name: 'dead', lettersOf: ['jobs', 'other'] }]);
    const { queues } = JSON.parse(fileOf(generated(shared), 'brokers/work/queues.json'));
    expect(queues[0]).toMatchObject({ name: 'dead', arguments: { mixed: true } });
  });

  test('where a producer sends there too', () => {
    const fed = text.replace('producers: {', 'producers: { by-hand: { channel: dead, messages: [job] },');
    expect(mixed(fed)).toMatchObject([{ name: 'dead', lettersOf: ['jobs'] }]);
  });
});
