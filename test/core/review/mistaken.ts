import fc from 'fast-check';
import { stringify } from 'yaml';

const id = (...names: string[]) => fc.constantFrom(...names);
const channel = id('a', 'b', 'q', 'r', 's', 'nowhere');
const broker = id('mq', 'log', 'aws');
const message = id('m', 'n');
const of = <T>(key: fc.Arbitrary<string>, value: fc.Arbitrary<T>) =>
  fc.dictionary(key, value, { maxKeys: 3 });
const some = (shape: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[] = []) =>
  fc.record(shape, { requiredKeys });

const retry = fc.oneof(
  id('standard', 'none', 'endless', 'missing'),
  some({ maxAttempts: fc.constantFrom(-1, 0, 3) }),
);
const deadLetter = fc.oneof(
  fc.boolean(),
  channel,
  some({ target: channel, exchange: id('a', 'b', 'dead', 'q'), routingKey: id('k', 'q.dlq') }),
);
const idempotency = fc.oneof(
  id('standard', 'none', 'early', 'missing'),
  some({ strategy: id('none', 'key-store', 'natural'), claim: id('before', 'two-phase'), ttl: id('24h') }),
);

/** Sections of designs full of mistakes: dangling references, circles of exchanges, policies without end. */
export const mistakenDesigns = some(
  {
    services: of(
      id('x', 'y'),
      some({ replicas: some({ min: fc.nat(3), max: fc.integer({ min: 1, max: 3 }) }) }),
    ),
    messages: of(message, some({ aggregateIdPath: id('/id') })),
    exchanges: of(
      id('a', 'b'),
      some({ broker, type: id('direct', 'topic', 'fanout', 'headers'), alternateExchange: id('a', 'b') }, [
        'broker',
      ]),
    ),
    queues: of(
      id('q', 'r'),
      some(
        {
          broker,
          type: id('quorum', 'fifo'),
          role: id('work', 'dead-letter', 'parking'),
          deliveryLimit: fc.constantFrom(-1, 20),
          retry,
          deadLetter,
        },
        ['broker'],
      ),
    ),
    streams: of(id('s'), some({ broker, partitions: fc.integer({ min: 1, max: 3 }) }, ['broker'])),
    bindings: of(
      id('i', 'j', 'q-dead-letters'),
      some({ source: id('a', 'b'), destination: channel, routingKey: id('#', 'k', 'm') }, [
        'source',
        'destination',
      ]),
    ),
    retryPolicies: fc.constant({ endless: { maxAttempts: -1 } }),
    idempotencyPolicies: fc.constant({ early: { strategy: 'key-store', claim: 'before' } }),
    producers: of(
      id('p', 'o'),
      some({
        channel,
        messages: fc.uniqueArray(message),
        mandatory: fc.boolean(),
        onReturn: id('ignore', 'log'),
        partitionKey: id('/id'),
      }),
    ),
    consumers: of(
      id('c', 'd', 'e'),
      some({
        service: id('x', 'y'),
        channel,
        group: id('g'),
        ack: id('before', 'auto', 'after'),
        onFailure: id('drop', 'stop'),
        retry,
        deadLetter,
        idempotency,
        sideEffects: fc.constantFrom([], ['database']),
      }),
    ),
    flows: of(
      id('f', 'h'),
      some({
        from: fc.uniqueArray(id('p', 'o')),
        to: fc.uniqueArray(id('c', 'd')),
        ordering: id('none', 'per-key', 'total'),
        orderingKey: id('/id'),
        criticality: id('normal', 'lossTolerant'),
        delivery: id('at-most-once', 'at-least-once'),
      }),
    ),
    waivers: of(id('w'), fc.constant({ rule: 'dlq/required', reason: 'tried', target: 'queues/q' })),
  },
  [],
);

const brokers = { mq: { kind: 'rabbitmq' }, log: { kind: 'kafka' }, aws: { kind: 'sqs' } };
/** The text of a design with these sections. */
export const textOf = (sections: object, collectionStyle: 'block' | 'flow'): string =>
  [
    'brokerloom: 1',
    'design: { name: any, environment: prod }',
    ...Object.entries({ brokers, ...sections }).map(([section, value]) =>
      collectionStyle === 'flow'
        ? `${section}: ${stringify(value, { collectionStyle, lineWidth: 0 }).trimEnd()}`
        : stringify({ [section]: value }, { lineWidth: 0 }).trimEnd(),
    ),
    '',
  ].join('\n');
