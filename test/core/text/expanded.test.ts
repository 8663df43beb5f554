import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../../core/design/graph.ts';
import { expandedText } from '../../../core/text/expanded.ts';
import { type Loaded, load } from '../../../core/text/load.ts';
import { generate } from '../../../generators/index.ts';

function loaded(text: string): Loaded & { readonly design: object } {
  const result = load(text);
  const { design } = result;
  if (!design) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return { ...result, design };
}
const expand = (text: string): string => expandedText(loaded(text));
const example = (name: string): string => readFileSync(`examples/${name}.loom.yaml`, 'utf8');
const head = 'brokerloom: 1\ndesign: { name: x }\n';

describe.each(['orders', 'event-log', 'fulfilment', 'naive', 'work-queue'])(
  'the example %s, written out',
  (name) => {
    const text = example(name);
    const expanded = expand(text);

    it('holds every element that the shorthand implies, and implies nothing more', () => {
      const before = Graph.of(loaded(text).design as never);
      const { design, notices } = loaded(expanded);
      const after = Graph.of(design as never);
      expect([...after.origins.keys()]).toEqual([]);
      for (const section of ['queues', 'streams'] as const)
        expect([...after.design[section].keys()].sort()).toEqual([...before.design[section].keys()].sort());
      expect(notices).toEqual(loaded(text).notices);
    });

    it('keeps the comments of the author', () => {
      for (const [comment] of text.matchAll(/# .+$/gm)) expect(expanded).toContain(comment);
    });

    it('is not changed by being written out again', () => {
      expect(expand(expanded)).toBe(expanded);
    });
  },
);

it('sets a broker up as the shorthand does', () => {
  const definitions = (text: string): unknown => {
    const tree = generate(loaded(text).design as never);
    if (!tree.ok) throw new Error(JSON.stringify(tree.error));
    return JSON.parse(tree.value.get('brokers/work/definitions.json')?.content ?? '');
  };
  expect(definitions(expand(example('fulfilment')))).toEqual(definitions(example('fulfilment')));
});

it('says which shorthand each part comes from', () => {
  expect(
    expand(`${head}brokers: { b: { kind: kafka }, q: { kind: sqs } }
queues:
  jobs: { broker: q, retry: { maxAttempts: 8 }, deadLetter: { owner: team } }
streams: { events: { broker: b } }
consumers:
  # counts
  count: { service: stats, channel: events, deadLetter: true, retry: none }
`),
  ).toBe(`${head}brokers: { b: { kind: kafka }, q: { kind: sqs } }
queues:
  jobs:
    broker: q
    # retry: {"maxAttempts":8}
    retry:
      mode: visibility
      maxAttempts: 8
      backoff: exponential
      baseDelay: 1s
      maxDelay: 10m
      jitter: full
      nonRetryable:
        - ValidationError
    # deadLetter: {"owner":"team"}
    deadLetter: { target: jobs.dlq, maxReceiveCount: 80, owner: team }
  # from deadLetter of queues/jobs
  jobs.dlq:
    broker: q
    type: standard
    role: dead-letter
    retention: 14d
streams:
  events: { broker: b }
  # from deadLetter of consumers/count, for replays
  stats.count.retry:
    broker: b
  # from deadLetter of consumers/count
  count.dlq:
    broker: b
    retention: 14d
consumers:
  # counts
  count:
    service: stats
    channel: events
    # deadLetter: true
    deadLetter: { target: count.dlq }
    # retry: "none"
    retry:
      maxAttempts: 1
`);
});

it('puts a section that is missing where it belongs, and writes aliases out', () => {
  const expanded = expand(`${head}brokers: { b: { kind: kafka } }
streams: { events: &same { broker: b }, more: *same }
consumers: { count: { channel: events, deadLetter: true } }
layout: {}
`);
  expect(loaded(expanded).problems).toEqual([]);
  expect(expanded).not.toMatch(/[&*]same/);
  const rabbit = expand(`${head}brokers: { b: { kind: rabbitmq } }
streams: { events: { broker: b } }
consumers: { count: { channel: events, deadLetter: true } }
`);
  expect([...rabbit.matchAll(/^\w+(?=:)/gm)].map(([key]) => key)).toEqual([
    'brokerloom',
    'design',
    'brokers',
    'queues',
    'streams',
    'consumers',
  ]);
});
