import { describe, expect, test } from 'vitest';
import { biomeFindings } from '../biome.ts';
import { fileOf, generated, problemsOf } from '../support.ts';

/** A stream of orders that one service reads. */
const ledger = ({
  stream = 'retention: 7d',
  consumer = 'deadLetter: true',
  more = '',
} = {}): string => `brokerloom: 1
design: { name: ledger }
brokers: { work: { kind: rabbitmq, version: "4.3" } }
services: { shop: {}, ledger: { ${more} } }
messages:
  order.placed:
    aggregateIdPath: /orderId
    schema: { type: object, required: [orderId], properties: { orderId: { type: string, minLength: 1 } } }
    examples: [{ orderId: o-1 }]
streams: { orders: { broker: work, ${stream} } }
producers: { sell: { service: shop, channel: orders, messages: [order.placed] } }
consumers: { book: { service: ledger, channel: orders, idempotency: standard, ${consumer} } }
`;

interface Queue {
  name: string;
  arguments: Record<string, unknown>;
}

const queuesOf = (text: string): Map<string, Record<string, unknown>> => {
  const { queues }: { queues: Queue[] } = JSON.parse(
    fileOf(generated(text), 'brokers/work/definitions.json'),
  );
  return new Map(queues.map(({ name, arguments: args }) => [name, args]));
};

describe('a stream on RabbitMQ', () => {
  test('is declared with its retention, and its consumer has queues of its own', () => {
    const queues = queuesOf(ledger({ stream: 'retention: 7d, retentionBytes: 10GiB, segmentSize: 64MiB' }));
    expect(queues.get('orders')).toEqual({
      'x-queue-type': 'stream',
      'x-max-age': '604800s',
      'x-max-length-bytes': 10 * 1024 ** 3,
      'x-stream-max-segment-size-bytes': 64 * 1024 ** 2,
    });
    expect([...queues.keys()]).toEqual([
      'book.dlq',
      'ledger.book.retry',
      'ledger.book.retry.1s',
      'ledger.book.retry.2s',
      'ledger.book.retry.4s',
      'ledger.book.retry.8s',
      'orders',
    ]);
    expect(queues.get('ledger.book.retry.2s')).toMatchObject({
      'x-message-ttl': 2000,
      'x-dead-letter-routing-key': 'ledger.book.retry',
    });
    expect(queues.get('ledger.book.retry')).toMatchObject({
      'x-queue-type': 'quorum',
      'x-dead-letter-routing-key': 'book.dlq',
    });
  });

  test('is read by its consumer, which may read nothing else', () => {
    const tree = generated(ledger());
    expect(fileOf(tree, 'services/ledger/src/service.ts')).toContain(`      source: {
        stream: 'orders',
        group: 'ledger.book',
        startFrom: 'earliest',
      },`);
    const { users } = JSON.parse(fileOf(tree, 'brokers/work/users.json'));
    expect(users.find(({ name }: { name: string }) => name === 'ledger')).toMatchObject({
      read: '^(ledger\\.book\\.retry|orders)$',
      configure: '^$',
    });
    expect(fileOf(tree, 'services/shop/src/producers.ts')).toContain("to: { queue: 'orders' }");
    expect(biomeFindings(tree)).toBe('');
  });

  test('needs the store for its offsets even where nothing is remembered', () => {
    const forgetful = ledger({ consumer: 'deadLetter: true, offsetReset: latest' }).replace(
      'idempotency: standard',
      'idempotency: none',
    );
    const tree = generated(forgetful);
    expect(fileOf(tree, 'services/ledger/src/main.ts')).toContain("store: redisStoreFromEnv('STORE')");
    expect(fileOf(tree, 'services/ledger/src/service.ts')).toContain("startFrom: 'latest'");
  });

  test.each([
    [
      'partitions',
      ledger({ stream: 'partitions: 3' }),
      'streams/orders: super streams are not generated yet.',
    ],
    [
      'replicas',
      ledger({ more: 'replicas: { min: 2, max: 4 }' }),
      '2 processes would each read the whole stream',
    ],
    ['no dead letters', ledger({ consumer: 'retry: standard' }), 'has no dead-letter queue'],
    [
      'a name twice',
      `${ledger()}queues: { other: { broker: work, name: orders } }\n`,
      'its name on the broker is that of',
    ],
  ])('is refused with %s', (_, text, message) => {
    expect(
      problemsOf(text)
        .map((problem) => problem.message)
        .join('\n'),
    ).toContain(message);
  });
});
