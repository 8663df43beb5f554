import { describe, expect, test } from 'vitest';
import type { Part, Parts } from '../../../core/kinds/attribute.ts';
import { designAttributes } from '../../../core/kinds/design/index.ts';
import { kinds } from '../../../core/kinds/registry.ts';
import { parseDuration, parseRate, parseSize } from '../../../core/units.ts';

/** Every attribute and part of an attribute, by its dotted path. */
function* parts(of: Parts, prefix: string): Generator<[string, Part]> {
  for (const [name, part] of Object.entries(of)) {
    yield [`${prefix}.${name}`, part];
    yield* parts(part.parts ?? {}, `${prefix}.${name}`);
    yield* parts(part.items ?? {}, `${prefix}.${name}[]`);
  }
}
const all = [
  ...parts(designAttributes, 'design'),
  ...Object.values(kinds).flatMap(({ section, attributes }) => [...parts(attributes, section)]),
];

/** Names of the attributes about which something does not hold. */
const failing = (holds: (part: Part) => boolean): string[] =>
  all.filter(([, part]) => !holds(part)).map(([name]) => name);

describe('attributes', () => {
  test('are described in sentences', () => {
    expect(failing(({ doc }) => /^[A-Z0-9`].*\.$/.test(doc))).toEqual([]);
  });

  test('have defaults that their own schema accepts; a computed one is a text', () => {
    expect(
      failing(
        ({ default: standard, schema }) =>
          standard === undefined ||
          typeof standard.value === 'string' ||
          schema().safeParse(standard.value).success,
      ),
    ).toEqual([]);
  });

  test('give a reason for each default', () => {
    expect(
      failing(({ default: standard }) => standard === undefined || /^\S.*[^.]$/.test(standard.why)),
    ).toEqual([]);
  });

  test('are either required or have a default', () => {
    expect(failing(({ required, default: standard }) => !(required && standard))).toEqual([]);
  });

  test('name their sources by address', () => {
    expect(failing(({ source }) => source === undefined || URL.canParse(source))).toEqual([]);
  });

  test('limit only values that exist to brokers', () => {
    expect(
      failing(({ valueBrokers = {}, editor }) =>
        Object.keys(valueBrokers).every((value) => editor.type === 'enum' && editor.values.includes(value)),
      ),
    ).toEqual([]);
  });

  test('say what a plain number counts', () => {
    const versions = /(^|\.)versions?(\[\]\.version)?$/;
    expect(
      all
        .filter(([name, { editor, unit }]) => {
          const number = editor.type === 'integer' || editor.type === 'number';
          return number && unit === undefined && !versions.test(name);
        })
        .map(([name]) => name),
    ).toEqual([]);
  });

  test('say which broker a fact of one broker comes from', () => {
    const own =
      /^brokers\.(version|nodes|region|account|maxmemory)$|^producers\.(partitionKey|client)$|^consumers\.(group|concurrencyPerPartition|functionTimeout)$|^flows\./;
    expect(
      all
        .filter(([name, { brokers, source }]) => brokers && source === undefined && !own.test(name))
        .map(([name]) => name),
    ).toEqual([]);
  });
});

describe('values', () => {
  const accepts = (section: keyof typeof kinds, name: string, value: unknown): boolean =>
    (kinds[section].attributes as Parts)[name]?.schema().safeParse(value).success ?? false;

  test.each([
    ['consumers', 'share', { lockDuration: '30s', deliveryLimit: 5, renew: true }],
    ['consumers', 'celery', { acksLate: true, acceptContent: ['json'], eta: '10m' }],
    ['consumers', 'esm', { maxRetryAttempts: -1, onFailure: 'dead-letter' }],
    ['consumers', 'share', { future: 1 }],
    ['queues', 'fifo', { highThroughput: true, contentBasedDedup: false }],
    ['queues', 'delayedRetry', { type: 'failed', min: '1s', max: '5m' }],
    ['queues', 'deadLetter', { maxReceiveCount: 20 }],
    ['brokers', 'persistence', { aof: true }],
    ['messages', 'versions', [{ version: 1, schema: { type: 'object' } }]],
    ['flows', 'scalePlan', [{ trigger: '> 800/s', action: 'add', element: 'services/a', to: '12' }]],
  ] as const)('%s.%s takes %j', (section, name, value) => {
    expect(accepts(section, name, value)).toBe(true);
  });

  test.each([
    ['consumers', 'share', { lockDuration: 30 }],
    ['consumers', 'celery', { acksLate: 'yes' }],
    ['consumers', 'esm', { parallelizationFactor: 11 }],
    ['consumers', 'accepts', [0]],
    ['queues', 'maxPriority', 256],
    ['queues', 'visibility', '30'],
    ['queues', 'deadLetter', { maxReceiveCount: 0 }],
    ['messages', 'versions', [{ schema: {} }]],
    ['producers', 'hotKeyShare', 1.5],
  ] as const)('%s.%s refuses %j', (section, name, value) => {
    expect(accepts(section, name, value)).toBe(false);
  });

  test('literal defaults of durations, sizes and rates can be read', () => {
    const readers = { duration: parseDuration, size: parseSize, rate: parseRate } as const;
    const unread = all.filter(([, { editor, default: standard }]) => {
      const read = readers[editor.type as keyof typeof readers];
      const value = standard?.value;
      return read && typeof value === 'string' && /^\d\S*$/.test(value) && read(value) === undefined;
    });
    expect(unread).toEqual([]);
  });
});
