import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameValue } from '../../../core/text/apply.ts';
import { canonical } from '../../../core/text/canonical.ts';
import { load } from '../../../core/text/load.ts';
import { Choices, Printer } from './printer.ts';

const canonicalText = (text: string): string => {
  const { source } = load(text);
  const result = source && canonical(source);
  if (!result?.ok) throw new Error(result?.error.message);
  return result.value;
};

describe('canonical', () => {
  it('orders sections, attributes and positions, and takes comments along', () => {
    expect(
      canonicalText(readFileSync('test/fixtures/corpus/any-order.loom.yaml', 'utf8')),
    ).toBe(`brokerloom: 1
design:
  name: corpus
  version: 1.0.0
# brokers come last here
brokers:
  work: { kind: rabbitmq, version: "4.3" }
services:
  b: {}
  a: { owner: team-a, description: first }

queues:
  # work
  jobs:
    # where
    broker: work
    type: quorum # safe
    x-note: kept
  mails: { broker: work, maxLength: 5 }
x-owner: somebody
# The layout first, the format last, keys nobody knows.
layout:
  services/a: [3, 4]
  services/b: [1, 2]
`);
  });

  it.each(['fulfilment', 'naive', 'orders', 'work-queue'])(
    'leaves the text of %s alone where it is in order',
    (name) => {
      const text = canonicalText(readFileSync(`examples/${name}.loom.yaml`, 'utf8'));
      expect(canonicalText(text)).toBe(text);
    },
  );

  it('refuses where an alias would come before its anchor', () => {
    const { source } = load(
      'brokerloom: 1\ndesign: { name: x }\nqueues:\n  a: { retry: &r { maxAttempts: 2 }, broker: w }\nbrokers:\n  w: { kind: rabbitmq, x-r: *r }\n',
    );
    expect(source && canonical(source)).toMatchObject({ ok: false, error: { code: 'LOOM_UNSUPPORTED' } });
  });

  it('changes no value, loses no comment and is done after one run, in every style', () => {
    const shuffled = <T extends Record<string, unknown>>(value: T): fc.Arbitrary<T> =>
      fc
        .shuffledSubarray(Object.entries(value), { minLength: Object.keys(value).length })
        .map((entries) => Object.fromEntries(entries) as T);
    const element = fc.oneof(
      shuffled({
        broker: 'w',
        type: 'quorum',
        maxLength: 5,
        'x-note': 'two words',
        deadLetter: { owner: 'a' },
      }),
      shuffled({ type: 'classic', broker: 'w' }),
    );
    const document = fc
      .tuple(element, element, shuffled({ name: 'x', version: 'v', description: 'some words' }))
      .chain(([a, b, design]) =>
        shuffled({
          brokerloom: 1,
          design,
          brokers: { w: { kind: 'rabbitmq' } },
          queues: { b, a },
          'x-own': 'yes',
          layout: { 'queues/b': [1, 2], 'queues/a': [3, 4] },
        }),
      );
    const comments = (text: string): string[] => (text.match(/# comment \d+\./g) ?? []).sort();
    fc.assert(
      fc.property(document, fc.array(fc.nat(999), { minLength: 1, maxLength: 60 }), (value, numbers) => {
        const text = new Printer(new Choices(numbers)).document(value);
        const after = canonicalText(text);
        expect(sameValue(load(after).source?.value, value)).toBe(true);
        expect(comments(after)).toEqual(comments(text));
        expect(canonicalText(after)).toBe(after);
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  it.each(['clickstream', 'event-log', 'fulfilment', 'orders', 'parcels', 'work-queue'])(
    'is the order of the example %s',
    (name) => {
      const text = readFileSync(`examples/${name}.loom.yaml`, 'utf8');
      expect(canonicalText(text)).toBe(text);
    },
  );
});
