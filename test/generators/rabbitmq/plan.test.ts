import { describe, expect, test } from 'vitest';
import { exampleText, fileOf, generated, problemsOf } from '../support.ts';

const design = ({
  broker = '',
  queue = '',
  producer = '',
  consumer = '',
  message = '',
  more = '',
} = {}): string => `brokerloom: 1
design: { name: small }
brokers: { work: { kind: rabbitmq, version: "4.3" ${broker && `, ${broker}`} } }
messages: { job: { examples: [{}] ${message && `, ${message}`} } }
queues:
  jobs: { broker: work, deadLetter: true ${queue && `, ${queue}`} }
producers: { client: { channel: jobs, messages: [job] ${producer && `, ${producer}`} } }
consumers: { worker: { channel: jobs, idempotency: standard ${consumer && `, ${consumer}`} } }
${more}`;

describe('what is not generated is said, never passed over', () => {
  test('the small design itself is generated', () => expect(problemsOf(design())).toEqual([]));

  test.each([
    ['consumers/worker', { consumer: 'ack: before' }],
    ['consumers/worker', { consumer: 'onError: nack-requeue' }],
    ['consumers/worker', { consumer: 'onFailure: park-key' }],
    ['consumers/worker', { consumer: 'prefetch: 0' }],
    ['consumers/worker', { consumer: 'retry: { maxAttempts: -1 }' }],
    ['consumers/worker', { consumer: 'retry: { mode: visibility }' }],
    ['producers/client', { producer: 'confirms: false' }],
    ['producers/client', { producer: 'mandatory: false' }],
    ['producers/client', { producer: 'onReturn: ignore' }],
    ['producers/client', { producer: 'publishVia: cdc' }],
    ['queues/jobs', { queue: 'exclusive: true' }],
    ['queues/jobs', { queue: 'durable: false' }],
    ['queues/jobs', { queue: 'type: fifo' }],
    ['queues/jobs', { queue: 'type: classic, deliveryLimit: 9' }],
    ['queues/jobs', { queue: 'maxPriority: 4' }],
    ['queues/jobs', { queue: 'delayedRetry: { type: all, min: 1s }' }],
    ['consumers/worker', { consumer: 'qosGlobal: true' }],
    ['consumers/worker', { consumer: 'handler: work' }],
    ['producers/client', { producer: 'shutdown: none' }],
    ['producers/client', { producer: 'retryWindow: 60s' }],
    ['brokers/work', { broker: 'emulator: "rabbitmq:4"' }],
    ['exchanges/hashed', { more: 'exchanges: { hashed: { broker: work, type: x-consistent-hash } }' }],
    ['brokers/work', { broker: 'tls: true' }],
    ['messages/job', { message: 'envelope: cloudevents' }],
    ['messages/job', { message: 'schema: { $ref: ./job.json }' }],
    ['streams/log', { more: 'streams: { log: { broker: work, partitions: 2 } }' }],
    ['services/worker', { more: 'services: { worker: { language: python } }' }],
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

  test.each([
    ['none of broker-dedup', 'strategy: broker-dedup'],
    ['an inbox in Redis', 'strategy: transactional-inbox, store: { kind: redis }'],
    ['a store in DynamoDB', 'store: { kind: dynamodb }'],
    ['a claim before the effect', 'claim: before'],
    ['a permanent record in Redis', 'ttl: permanent'],
  ])('idempotency: %s', (_, policy) => {
    const text = design().replace('idempotency: standard', `idempotency: { strategy: key-store, ${policy} }`);
    const single = policy.startsWith('strategy') ? text.replace('strategy: key-store, ', '') : text;
    expect(problemsOf(single)).toEqual([
      expect.objectContaining({ code: 'LOOM_UNSUPPORTED', element: 'consumers/worker' }),
    ]);
  });

  test.each([
    ['a version that is too old', 'version: "4.3"', 'version: "3.9"', 'brokers/work'],
    ['a version that is none', 'version: "4.3"', 'version: latest', 'brokers/work'],
  ])('%s', (_, from, to, element) => {
    expect(problemsOf(design().replace(from, to))).toEqual([
      expect.objectContaining({ code: 'LOOM_UNSUPPORTED', element }),
    ]);
  });
});

describe('what leads nowhere is an error', () => {
  test('a consumer without dead-letter queue', () => {
    expect(problemsOf(design().replace('deadLetter: true', 'retry: none'))).toEqual([
      expect.objectContaining({
        code: 'LOOM_REFERENCE',
        element: 'consumers/worker',
        hint: 'Write deadLetter: true at queues/jobs.',
      }),
    ]);
  });

  test('a consumer that no message reaches', () => {
    const text = design().replace('producers: { client: { channel: jobs, messages: [job]  } }\n', '');
    expect(problemsOf(text)).toEqual([
      expect.objectContaining({ code: 'LOOM_REFERENCE', element: 'consumers/worker' }),
    ]);
  });

  test('a producer whose message no queue takes', () => {
    const more = 'exchanges: { events: { broker: work } }';
    const text = design({ more }).replace('channel: jobs, messages', 'channel: events, messages');
    expect(problemsOf(text)).toContainEqual(
      expect.objectContaining({
        code: 'LOOM_REFERENCE',
        element: 'producers/client',
        message: expect.stringContaining('reaches no queue'),
      }),
    );
  });

  test('a dead-letter exchange that nobody drew or bound', () => {
    const wrong = design().replace('deadLetter: true', 'deadLetter: { exchange: dlx }');
    expect(problemsOf(wrong).map(({ element }) => element)).toEqual(['consumers/worker', 'queues/jobs']);
    const unbound = `${wrong}exchanges: { dlx: { broker: work, type: fanout } }\n`;
    expect(problemsOf(unbound).map(({ element }) => element)).toEqual(['consumers/worker']);
    const bound = `${unbound}bindings: { b: { source: dlx, destination: dead } }\n`.replace(
      '  jobs:',
      '  dead: { broker: work }\n  jobs:',
    );
    expect(problemsOf(bound)).toEqual([]);
  });

  test('an example that its schema refuses', () => {
    const text = design({ message: 'schema: { type: object, required: [id] }' });
    expect(problemsOf(text)).toEqual([
      expect.objectContaining({
        code: 'LOOM_SCHEMA',
        element: 'messages/job',
        message: expect.stringContaining('example 1'),
      }),
    ]);
  });

  test.each([
    ['queues/other', 'queues: { jobs: { broker: work }, other: { broker: work, name: jobs } }'],
    ['exchanges/b', 'exchanges: { a: { broker: work, name: x }, b: { broker: work, name: x } }'],
    ['exchanges/a', 'exchanges: { a: { broker: work, name: amq.topic } }'],
    ['queues/jobs', `queues: { jobs: { broker: work, name: ${'é'.repeat(128)} } }`],
    ['queues/jobs', 'queues: { jobs: { broker: work, name: "" } }'],
  ])('a name on the broker that it would refuse: %s', (element, text) => {
    const problems = problemsOf(
      `brokerloom: 1\ndesign: { name: x }\nbrokers: { work: { kind: rabbitmq } }\n${text}\n`,
    );
    expect(problems).toEqual([expect.objectContaining({ code: 'LOOM_NAME', element })]);
  });

  test('all problems are told at once', () => {
    const elements = problemsOf(exampleText('naive')).map(({ element }) => element);
    expect(new Set(elements).size).toBeGreaterThan(3);
  });
});

describe('decisions', () => {
  const service = (text: string): string => fileOf(generated(text), 'services/worker/src/service.ts');

  test('prefetch keeps the handlers busy', () => {
    expect(service(design({ consumer: 'concurrency: 4, processing: { p50: 1ms }' }))).toContain(
      'prefetch: 24,',
    );
    expect(service(design({ consumer: 'concurrency: 4, processing: { p50: 2s }' }))).toContain(
      'prefetch: 8,',
    );
    expect(service(design({ consumer: 'concurrency: 100, processing: { p50: 1ms }' }))).toContain(
      'prefetch: 300,',
    );
    expect(service(design({ consumer: 'prefetch: 7' }))).toContain('prefetch: 7,');
    expect(service(design())).toContain(
      '// 16 × concurrency, since the processing time is not stated\n      prefetch: 16,',
    );
  });

  test('the lease of a claim outlasts slow work', () => {
    expect(service(design({ consumer: 'processing: { p99: 1m }' }))).toContain('leaseMs: 180000,');
    expect(service(design())).toContain('leaseMs: 30000,');
  });

  test('an idempotency policy that nobody wrote is the safe one, and says so', () => {
    expect(service(design().replace(', idempotency: standard', ''))).toMatch(
      /\/\/ not stated in the design.*\n {6}idempotency: {/,
    );
    expect(service(design().replace('standard', 'none'))).toContain('idempotency: false,');
  });

  test('where the order counts, retries happen in place', () => {
    const ordered = design({
      more: 'flows: { f: { from: [client], to: [worker], ordering: per-key, orderingKey: /id } }',
    });
    const tree = generated(ordered);
    expect(service(ordered)).toContain("ordering: 'per-key',\n      orderingKey: '/id',");
    expect(service(ordered)).toContain('tiers: [],');
    expect(fileOf(tree, 'services/client/src/producers.ts')).toContain('ordered: true,');
    expect(fileOf(tree, 'brokers/work/definitions.json')).not.toContain('.retry.');
  });

  test('a producer keeps the order by the key of the flow, not by another', () => {
    const producers = (flow: string, message = '') => {
      const more = `flows: { f: { from: [client], to: [worker], ${flow} } }`;
      return fileOf(generated(design({ more, message })), 'services/client/src/producers.ts');
    };
    const keyed = producers('ordering: per-key, orderingKey: /customer/id');
    expect(keyed).toContain("const clientKey = '/customer/id';");
    expect(keyed).toContain('key: ({ data }) => textAt(data, clientKey),');
    expect(keyed).toContain('ordered: true,');
    const aggregate = producers('ordering: per-key, orderingKey: /id', 'aggregateIdPath: /id');
    expect(aggregate).not.toContain('key:');
    expect(aggregate).toContain('ordered: true,');
    expect(producers('ordering: total')).toContain("ordered: 'total',");
    expect(producers('ordering: none')).not.toContain('ordered');
  });

  test('routing keys are those of the design', () => {
    const producers = (keys: string): string =>
      fileOf(
        generated(
          design({
            more: 'exchanges: { events: { broker: work } }\nbindings: { b: { source: events, destination: jobs } }',
          })
            .replace('channel: jobs, messages: [job] ', `channel: events, messages: [job, done]${keys}`)
            .replace('messages: { job', 'messages: { done: {}, job'),
        ),
        'services/client/src/producers.ts',
      );
    expect(producers('')).not.toContain('routingKey');
    expect(producers(', routingKeys: [all, all]')).toContain("routingKey: () => 'all',");
    expect(producers(', routingKeys: [a, "x.{event}"]')).toContain(
      "const clientKeys = { job: 'a', done: 'x.done' };",
    );
  });
});
