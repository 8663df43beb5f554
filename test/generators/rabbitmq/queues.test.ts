import { describe, expect, test } from 'vitest';
import { exampleText, fileOf, generated, problemsOf } from '../support.ts';

interface Queue {
  name: string;
  durable: boolean;
  arguments: Record<string, unknown>;
}

const queuesOf = (text: string): Map<string, Queue> => {
  const { queues }: { queues: Queue[] } = JSON.parse(
    fileOf(generated(text), 'brokers/work/definitions.json'),
  );
  return new Map(queues.map((queue) => [queue.name, queue]));
};

const small = (queue: string, { version = '4.3', more = '' } = {}): string => `brokerloom: 1
design: { name: small }
brokers: { work: { kind: rabbitmq, version: "${version}" } }
messages: { job: { examples: [{}] } }
queues:
  jobs: { broker: work, ${queue} }
${more}producers: { client: { channel: jobs, messages: [job] } }
consumers: { worker: { channel: jobs, idempotency: standard } }
`;

describe('queues of fulfilment', () => {
  const queues = queuesOf(exampleText('fulfilment'));

  test('a work queue is bounded, refuses when full, and dead-letters at least once beyond the backstop', () => {
    expect(queues.get('payments')).toEqual({
      name: 'payments',
      vhost: 'fulfilment',
      durable: true,
      auto_delete: false,
      arguments: {
        'x-queue-type': 'quorum',
        'x-max-length': 500000,
        'x-overflow': 'reject-publish',
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'payments.dlq',
        'x-dead-letter-strategy': 'at-least-once',
        'x-delivery-limit': 50,
      },
    });
  });

  test('a delay queue returns its messages to the queue they came from', () => {
    const delays = [...queues.keys()].filter((name) => name.startsWith('payments.retry.'));
    expect(delays).toEqual([
      'payments.retry.1s',
      'payments.retry.2s',
      'payments.retry.4s',
      'payments.retry.8s',
    ]);
    expect(queues.get('payments.retry.4s')?.arguments).toEqual({
      'x-queue-type': 'quorum',
      'x-message-ttl': 4000,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'payments',
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    });
  });

  test('a classic queue has no argument that only quorum queues know', () => {
    expect(Object.keys(queues.get('email')?.arguments ?? {})).toEqual([
      'x-queue-type',
      'x-max-length',
      'x-overflow',
      'x-dead-letter-exchange',
      'x-dead-letter-routing-key',
    ]);
  });

  test('a dead-letter queue keeps its messages however often they are looked at', () => {
    expect(queues.get('payments.dlq')?.arguments['x-delivery-limit']).toBeGreaterThan(1_000_000);
  });
});

describe('queue attributes', () => {
  const argumentsOf = (queue: string, options?: { version?: string }) =>
    queuesOf(small(queue, options)).get('jobs')?.arguments;

  test('limits and times are numbers in bytes and ms', () => {
    expect(
      argumentsOf('deadLetter: true, maxLengthBytes: 2MiB, messageTtl: 90s, singleActiveConsumer: true'),
    ).toMatchObject({
      'x-max-length-bytes': 2097152,
      'x-message-ttl': 90000,
      'x-single-active-consumer': true,
    });
  });

  test('at-least-once dead-lettering is left out where it would not work, or is not wanted', () => {
    expect(argumentsOf('deadLetter: true, overflow: drop-head')).not.toHaveProperty('x-dead-letter-strategy');
    expect(argumentsOf('deadLetter: { strategy: at-most-once }')).not.toHaveProperty(
      'x-dead-letter-strategy',
    );
  });

  test('a time-out for consumers is set where the version knows it, and refused elsewhere', () => {
    const queue = 'deadLetter: true, consumerTimeout: 10m';
    expect(argumentsOf(queue)).toHaveProperty('x-consumer-timeout', 600000);
    const old = problemsOf(small(queue, { version: '3.10' }));
    expect(old[0]?.message).toContain('needs RabbitMQ 3.12');
  });

  test('a delay queue that the author has drawn stays as drawn', () => {
    const more = '  later: { broker: work, role: retry, messageTtl: 5m, deadLetter: jobs }\n';
    expect(queuesOf(small('deadLetter: true', { more })).get('later')?.arguments).toMatchObject({
      'x-message-ttl': 300000,
      'x-dead-letter-routing-key': 'jobs',
    });
  });

  test('a retry policy that nobody wrote is the standard one', () => {
    expect([...queuesOf(small('deadLetter: true')).keys()]).toContain('jobs.retry.8s');
    expect([...queuesOf(small('deadLetter: true, retry: none')).keys()]).toEqual(['jobs', 'jobs.dlq']);
  });
});
