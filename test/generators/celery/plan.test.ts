import { describe, expect, test } from 'vitest';
import { designOf, fileOf, generated, problemsOf } from '../support.ts';

const design = ({
  carrier = 'kind: redis',
  broker = '',
  producer = '',
  consumer = '',
  celery = '',
  more = '',
} = {}) => `brokerloom: 1
design: { name: small }
brokers:
  lists: { ${carrier} }
  tasks: { kind: celery, transport: lists ${broker && `, ${broker}`} }
messages: { job: {} }
queues: { jobs: { broker: tasks } }
producers: { client: { channel: jobs, messages: [job] ${producer && `, ${producer}`} } }
consumers: { worker: { channel: jobs, deadLetter: true, idempotency: standard, celery: { ${celery} } ${consumer && `, ${consumer}`} } }
${more}`;

const rabbit = { carrier: 'kind: rabbitmq' };
const app = (text: string) => fileOf(generated(text), 'workers/worker/worker_worker/app.py');
const tasks = (text: string) => fileOf(generated(text), 'workers/worker/worker_worker/tasks.py');

test('the design is one', () => expect(designOf(design()).consumers.size).toBe(1));

describe('refused is', () => {
  test.each([
    ['late acknowledgement off', { celery: 'acksLate: false' }, 'before the work is done'],
    ['acknowledgement of failures', { celery: 'acksOnFailure: true' }, 'is lost'],
    ['keeping what a killed process held', { celery: 'rejectOnWorkerLost: false' }, 'would be lost'],
    ['pickle', { celery: 'serializer: pickle' }, 'other content than JSON'],
    ['results', { celery: 'ignoreResult: false' }, 'not stored'],
    ["Celery's own retries", { celery: 'manualRetry: true' }, "Celery's own retries"],
    ['prefetch without a limit', { celery: 'prefetchMultiplier: 0' }, 'the whole queue'],
    ['a soft limit above the hard one', { celery: 'timeLimit: 5s, softTimeLimit: 6s' }, 'has to be below'],
    [
      'a visibility timeout below the time limit',
      { celery: 'timeLimit: 2h, visibilityTimeout: 1h' },
      'handed out once more',
    ],
    [
      'an ETA beyond the visibility timeout',
      { celery: 'eta: 2h, visibilityTimeout: 1h' },
      'handed out once more',
    ],
    ['a task longer than RabbitMQ waits', { ...rabbit, celery: 'timeLimit: 2h' }, 'takes a task back'],
    ['an inbox', { consumer: 'idempotency: { strategy: transactional-inbox }' }, 'transactional inbox'],
    ['an old version', { broker: 'version: "5.2"' }, 'are not generated'],
    [
      'an order',
      { more: 'flows: { f: { from: [client], to: [worker], ordering: per-key, orderingKey: /id } }' },
      'keep no order',
    ],
    ['unconfirmed sends', { producer: 'confirms: false' }, 'not confirmed'],
    [
      'a worker that sends',
      { producer: 'service: worker', more: 'services: { worker: {} }' },
      'other endpoints',
    ],
    ['a worker in TypeScript', { more: 'services: { worker: { language: ts } }' }, 'not generated in ts'],
  ] as const)('%s', (_, parts, message) => {
    const text = design(parts).replace(
      'idempotency: standard, celery',
      'consumer' in parts ? 'celery' : 'idempotency: standard, celery',
    );
    expect(problemsOf(text).map((problem) => problem.message)).toEqual([expect.stringContaining(message)]);
  });

  test('a carrier that is none', () => {
    const text = design({ carrier: 'kind: sqs' });
    expect(problemsOf(text).map(({ message }) => message)).toContainEqual(
      expect.stringContaining('tasks over sqs'),
    );
  });
});

test('the visibility timeout stands in all three places, and above what a worker may hold', () => {
  const text = app(design({ celery: 'timeLimit: 2h' }));
  expect(text.match(/visibility_timeout"?[=:] ?\{?/g)).toHaveLength(3);
  expect(text).toContain('visibility_timeout=10_800');
});

test('retries over RabbitMQ wait in delay queues that return to the queue of the tasks', () => {
  const retry = 'retry: { maxAttempts: 3, baseDelay: 1s, backoff: exponential }';
  expect(tasks(design({ ...rabbit, consumer: retry }))).toContain(
    'tiers=[(1000, "jobs.retry.1s"), (2000, "jobs.retry.2s")]',
  );
  const { queues } = JSON.parse(
    fileOf(generated(design({ ...rabbit, consumer: retry })), 'brokers/tasks/queues.json'),
  );
  const delay = queues.find(({ name }: { name: string }) => name === 'jobs.retry.2s');
  expect(delay.arguments).toMatchObject({ 'x-message-ttl': 2000, 'x-dead-letter-routing-key': 'jobs' });
  expect(tasks(design({ consumer: retry }))).not.toContain('tiers');
});

test('users of the carrier may use the queues of their tasks and nothing else', () => {
  const redis = JSON.parse(fileOf(generated(design()), 'brokers/lists/users.json'));
  expect(redis.users).toEqual([
    { name: 'client', rules: '~jobs ~jobs??[369] +@all -@dangerous' },
    {
      name: 'worker',
      rules:
        '~_kombu.binding.* ~jobs ~jobs??[369] ~loom:worker:* ~worker.dlq ~worker.dlq??[369] +@all -@dangerous',
    },
    { name: 'operator', rules: '~* +@all -@dangerous' },
  ]);
  const work = JSON.parse(fileOf(generated(design(rabbit)), 'brokers/lists/users.json'));
  expect(work.users.slice(0, 2)).toEqual([
    { name: 'client', tags: [], configure: '^$', write: '^(amq\\.default)$', read: '^$' },
    { name: 'worker', tags: [], configure: '^$', write: '^(amq\\.default)$', read: '^(jobs)$' },
  ]);
});

test('workers are services of the compose file, found where their carrier is', () => {
  const compose = fileOf(generated(design()), 'docker-compose.yml');
  expect(compose).toContain('dockerfile: workers/worker/Dockerfile');
  expect(compose).toContain('LISTS_URL: redis://lists:6379');
  expect(fileOf(generated(design(rabbit)), 'docker-compose.yml')).toContain('tasks-topology:');
  expect(fileOf(generated(design()), '.env.example').match(/LISTS_URL/g)).toHaveLength(1);
});
