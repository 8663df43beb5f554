import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../core/result.ts';
import { contextOf } from '../../../generators/context.ts';
import { type KafkaPlan, planKafka } from '../../../generators/kafka/plan.ts';
import { designOf, fileOf, generated } from '../support.ts';

const design = ({
  design = '',
  broker = '',
  stream = '',
  dead = '',
  producer = '',
  consumer = '',
  more = '',
} = {}): string => `brokerloom: 1
design: { name: small ${design && `, ${design}`} }
brokers: { log: { kind: kafka ${broker && `, ${broker}`} } }
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
  return planKafka(context.value, 'log');
};
const problemsOf = (text: string): readonly Problem[] => {
  const result = planned(text);
  return result.ok ? [] : result.error;
};
const planOf = (text: string): KafkaPlan => {
  const result = planned(text);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const ordered = (key = 'orderingKey: /id') =>
  `flows: { f: { from: [client], to: [worker], ordering: per-key, ${key} } }`;

describe('what is not generated is said, never passed over', () => {
  test('the small design itself is planned', () => expect(problemsOf(design())).toEqual([]));

  test.each([
    ['brokers/log', { broker: 'version: "3.9"' }],
    ['brokers/log', { broker: 'version: latest' }],
    ['brokers/log', { broker: 'tls: true' }],
    ['brokers/log', { broker: 'auth: { mode: none }' }],
    ['brokers/log', { broker: 'auth: { mode: iam }' }],
    ['brokers/log', { broker: 'emulator: "redpanda:1"' }],
    ['brokers/log', { broker: 'autoCreateTopics: true' }],
    ['streams/jobs', { broker: 'nodes: 1', stream: 'replication: 3' }],
    ['streams/jobs', { stream: 'replication: 2, minInsync: 3' }],
    ['streams/jobs', { stream: 'cleanup: compact, retention: 7d' }],
    ['streams/jobs', { stream: 'cleanup: compact, retentionBytes: 1GiB' }],
    ['streams/jobs', { stream: 'deleteRetention: 1d' }],
    ['streams/dead', { dead: 'cleanup: compact' }],
    ['queues/q', { more: 'queues: { q: { broker: log } }' }],
    ['exchanges/e', { more: 'exchanges: { e: { broker: log } }' }],
    ['topics/t', { more: 'topics: { t: { broker: log } }' }],
    ['producers/client', { producer: 'acks: "1"' }],
    ['producers/client', { producer: 'idempotence: false' }],
    ['producers/client', { producer: 'maxInFlight: 6' }],
    ['producers/client', { producer: 'retries: 3' }],
    ['producers/client', { producer: 'linger: 5ms' }],
    ['producers/client', { producer: 'compression: zstd' }],
    ['producers/client', { producer: 'partitioner: random' }],
    ['producers/client', { producer: 'client: kafkajs' }],
    ['producers/client', { producer: 'transactionalId: t' }],
    ['producers/client', { producer: 'publishVia: cdc' }],
    ['producers/client', { producer: 'shutdown: none' }],
    ['producers/client', { producer: 'retryWindow: 60s' }],
    ['consumers/worker', { consumer: 'ack: before' }],
    ['consumers/worker', { consumer: 'autoCommit: true' }],
    ['consumers/worker', { consumer: 'groupType: share' }],
    ['consumers/worker', { consumer: 'share: { deliveryLimit: 5 }' }],
    ['consumers/worker', { consumer: 'groupInstanceId: one' }],
    ['consumers/worker', { consumer: 'concurrency: 6, concurrencyPerPartition: 1' }],
    ['consumers/worker', { consumer: 'isolation: read_committed' }],
    ['consumers/worker', { consumer: 'groupType: classic' }],
    ['consumers/worker', { consumer: 'groupProtocol: classic' }],
    ['consumers/worker', { consumer: 'sessionTimeout: 45s' }],
    ['consumers/worker', { consumer: 'maxPollInterval: 5m' }],
    ['producers/client', { producer: 'maxRequestSize: 2MiB' }],
    ['consumers/worker', { consumer: 'share: { lockDuration: 30s }' }],
    ['consumers/worker', { consumer: 'onFailure: drop' }],
    ['consumers/worker', { consumer: 'onFailure: park-key', more: ordered() }],
    ['consumers/worker', { consumer: 'onFailure: stop' }],
    ['consumers/worker', { consumer: 'handler: work' }],
    ['consumers/worker', { consumer: 'retry: { maxAttempts: -1 }' }],
    ['consumers/worker', { consumer: 'retry: { mode: visibility }' }],
    ['consumers/worker', { consumer: 'retry: { mode: retry-topic }', more: ordered() }],
    [
      'consumers/worker',
      { more: 'flows: { f: { from: [client], to: [worker], ordering: total } }', stream: 'partitions: 2' },
    ],
    ['flows/f', { more: 'flows: { f: { to: [worker], delivery: exactly-once } }' }],
    ['flows/f', { more: 'flows: { f: { from: [client], style: request-reply } }' }],
  ])('%s with %j', (element, parts) => {
    expect(problemsOf(design(parts))).toEqual([
      {
        code: 'LOOM_UNSUPPORTED',
        element,
        message: expect.stringContaining(element),
        hint: expect.stringMatching(/./),
      },
    ]);
  });

  test('one group for two consumers, which would each miss some records', () => {
    const text = design({ consumer: 'group: g' }).replace(
      'consumers: { ',
      'consumers: { first: { channel: jobs, group: g, deadLetter: dead }, ',
    );
    expect(problemsOf(text)).toEqual([
      expect.objectContaining({
        code: 'LOOM_UNSUPPORTED',
        element: 'consumers/worker',
        message: expect.stringContaining('first'),
      }),
    ]);
  });

  test('what holds whatever the library does is taken as it is', () => {
    const parts = {
      broker: 'version: 4.1.2, auth: { mode: scram }, nodes: 3, autoCreateTopics: false',
      producer:
        'acks: all, idempotence: true, maxInFlight: 5, compression: lz4, partitioner: murmur2, publishVia: direct',
      consumer:
        'ack: after, autoCommit: false, groupType: consumer, isolation: read_uncommitted, groupProtocol: consumer, onFailure: dead-letter',
    };
    expect(problemsOf(design(parts))).toEqual([]);
    expect(planOf(design(parts)).image).toBe('apache/kafka:4.1.2');
  });
});

describe('what leads nowhere is an error', () => {
  test.each([
    ['a consumer without dead letters', 'deadLetter: dead, ', ''],
    ['a dead-letter topic that is not there', 'deadLetter: dead', 'deadLetter: { target: other }'],
    ['a dead-letter target on another broker', 'deadLetter: dead', 'deadLetter: { target: elsewhere }'],
    ['a retry policy that is not there', 'idempotency: standard', 'idempotency: standard, retry: other'],
  ])('%s', (_, from, to) => {
    const more = 'queues: { elsewhere: { broker: work } }';
    const text = design({ more })
      .replace('brokers: { ', 'brokers: { work: { kind: rabbitmq }, ')
      .replace(from, to);
    expect(problemsOf(text)).toEqual([
      expect.objectContaining({ code: 'LOOM_REFERENCE', element: 'consumers/worker' }),
    ]);
  });

  test('a consumer that no message reaches', () => {
    expect(problemsOf(design().replace(/producers: .*\n/, ''))).toEqual([
      expect.objectContaining({ code: 'LOOM_REFERENCE', element: 'consumers/worker' }),
    ]);
  });

  test('records without a key on a compacted topic', () => {
    const text = design({ stream: 'cleanup: both' }).replace('{ aggregateIdPath: /id }', '{}');
    expect(problemsOf(text)).toEqual([
      expect.objectContaining({ code: 'LOOM_REFERENCE', element: 'producers/client' }),
    ]);
    expect(problemsOf(text.replace('messages: [job]', 'messages: [job], partitionKey: /id'))).toEqual([]);
  });

  test.each([
    ['streams/jobs', 'name: "a b"'],
    ['streams/jobs', 'name: "."'],
    ['streams/jobs', 'name: __consumer_offsets'],
    ['streams/jobs', `name: ${'x'.repeat(250)}`],
    ['streams/dead', 'name: dead'],
    ['consumers/worker', 'name: worker.worker_retry'],
    ['consumers/worker', 'name: worker.worker.retry_4s'],
  ])('a topic name that Kafka would refuse or mix up: %s %s', (element, stream) => {
    expect(problemsOf(design({ stream }))).toEqual([expect.objectContaining({ code: 'LOOM_NAME', element })]);
  });
});

describe('decisions', () => {
  const topic = (text: string, name: string) => planOf(text).topics.find((found) => found.name === name);

  test('the topics are exactly those of the design with its shorthand written out', () => {
    const names = (text: string) => planOf(text).topics.map(({ name }) => name);
    const retries = ['', '.1s', '.2s', '.4s', '.8s'].map((delay) => `worker.worker.retry${delay}`);
    expect(names(design())).toEqual(['dead', 'jobs', ...retries]);
    expect(names(design().replace('deadLetter: dead', 'deadLetter: true'))).toEqual([
      'dead',
      'jobs',
      'worker.dlq',
      ...retries,
    ]);
    const fixed = 'retry: { maxAttempts: 3, backoff: fixed, baseDelay: 2s }';
    expect(names(design({ consumer: fixed }))).toEqual(['dead', 'jobs', 'worker.worker.retry']);
    expect(names(design({ consumer: 'retry: none' }))).toEqual(['dead', 'jobs', 'worker.worker.retry']);
  });

  test('a topic of one machine has one copy, another three of which two confirm', () => {
    const settings = (environment: string) => {
      const { replicationFactor, configs } =
        topic(design({ design: `environment: ${environment}` }), 'jobs') ?? {};
      return [replicationFactor, configs?.['min.insync.replicas']];
    };
    expect(settings('local')).toEqual([1, '1']);
    expect(settings('staging')).toEqual([3, '2']);
    expect(settings('prod')).toEqual([3, '2']);
  });

  test('settings of the design become those of Kafka', () => {
    const stream =
      'partitions: 24, replication: 4, minInsync: 3, retention: 200d, retentionBytes: 5GiB, cleanup: both, deleteRetention: 2d, maxMessageBytes: 2MiB';
    expect(topic(design({ stream }), 'jobs')).toMatchObject({
      partitions: 24,
      replicationFactor: 4,
      configs: {
        'cleanup.policy': 'compact,delete',
        'retention.ms': '17280000000',
        'retention.bytes': '5368709120',
        'delete.retention.ms': '172800000',
        'max.message.bytes': '2097152',
        'min.insync.replicas': '3',
        'unclean.leader.election.enable': 'false',
      },
    });
    expect(topic(design(), 'jobs')?.configs).toMatchObject({
      'cleanup.policy': 'delete',
      'retention.ms': '604800000',
    });
    expect(topic(design({ stream: 'cleanup: compact' }), 'jobs')?.configs).not.toHaveProperty('retention.ms');
  });

  test('each service may do with topics and groups what its endpoints do, and no more', () => {
    expect(planOf(design()).users).toEqual([
      { name: 'client', allow: [{ resource: 'topic', name: 'jobs', operations: ['write'] }] },
      {
        name: 'worker',
        allow: [
          { resource: 'topic', name: 'dead', operations: ['write'] },
          { resource: 'topic', name: 'jobs', operations: ['read'] },
          ...['', '.1s', '.2s', '.4s', '.8s'].map((delay) => ({
            resource: 'topic',
            name: `worker.worker.retry${delay}`,
            operations: ['read', 'write'],
          })),
          { resource: 'group', name: 'worker.worker', operations: ['read'] },
        ],
      },
    ]);
  });

  test('a record is keyed by the aggregate id unless the design names another key', () => {
    const key = (producer: string) => planOf(design({ producer })).producers.get('client')?.partitionKey;
    expect(key('')).toBeUndefined();
    expect(key('partitionKey: /id')).toBeUndefined();
    expect(key('partitionKey: /customer')).toBe('/customer');
  });

  test('a message without a size may be as large as the smallest topic takes', () => {
    const limit = (stream: string, broker = '') => {
      const contracts = fileOf(generated(design({ stream, broker })), 'contracts/messages/job.ts');
      return Number(/maxBytes: (\d+)/.exec(contracts)?.[1]) + 65_536;
    };
    expect(limit('')).toBe(1_048_588);
    expect(limit('', 'maxMessageSize: 2MiB')).toBe(2 * 1024 ** 2);
    expect(limit('maxMessageBytes: 512KiB', 'maxMessageSize: 2MiB')).toBe(512 * 1024);
  });

  const worker = (text: string) => planOf(text).consumers.get('worker');

  test('retries wait in a topic for each delay; in place where a flow relies on the order', () => {
    expect(worker(design())).toMatchObject({
      topic: 'jobs',
      group: 'worker.worker',
      retryTopic: 'worker.worker.retry',
      startFrom: { value: 'earliest' },
      retry: {
        value: {
          maxAttempts: 5,
          tiers: [1, 2, 4, 8].map((s) => ({ delayMs: s * 1000, topic: `worker.worker.retry.${s}s` })),
        },
      },
    });
    expect(worker(design({ more: ordered() }))).toMatchObject({
      ordering: { value: 'per-key' },
      orderingKey: '/id',
      retry: { value: { tiers: [] } },
    });
    expect(worker(design({ more: ordered(), consumer: 'onFailure: stop' }))?.onFailure?.value).toBe('stop');
    expect(worker(design({ more: ordered() }))?.onFailure).toBeUndefined();
    expect(worker(design({ consumer: 'retry: { mode: in-process }' }))?.retry.value.tiers).toEqual([]);
    expect(worker(design({ consumer: 'retry: none' }))?.retry.value).toMatchObject({
      maxAttempts: 1,
      tiers: [],
    });
  });

  test('what a topic carries for others is passed over, and no more', () => {
    const text = design()
      .replace('messages: { job', 'messages: { note: { aggregateIdPath: /id }, job')
      .replace('messages: [job]', 'messages: [job, note]');
    expect(worker(text)?.ignores).toBeUndefined();
    expect(worker(text.replace('deadLetter: dead,', 'deadLetter: dead, messages: [job],'))).toMatchObject({
      messages: ['job'],
      ignores: ['note'],
    });
  });

  test('two clusters have ports and variables of their own', () => {
    const text = design().replace('brokers: { log', 'brokers: { first: { kind: kafka }, log');
    expect(planOf(text)).toMatchObject({
      env: 'LOG',
      port: 9102,
      url: { inside: 'kafka://log:9092', outside: 'kafka://127.0.0.1:9102' },
    });
  });
});
