import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../../core/design/graph.ts';
import { delayOf, retryOf, retryTiers } from '../../../core/design/policies.ts';
import type { RetryShape } from '../../../core/kinds/shared.ts';
import { load } from '../../../core/text/load.ts';

const graphOf = (text: string): Graph => {
  const { design, problems } = load(text);
  if (!design) throw new Error(problems.map(({ message }) => message).join('\n'));
  return Graph.of(design);
};
const fulfilment = graphOf(readFileSync('examples/fulfilment.loom.yaml', 'utf8'));

const received = (producer: string): string[][] => {
  const value = fulfilment.design.producers.get(producer);
  if (!value?.channel) throw new Error(`${producer} is in the example`);
  const channel = value.channel;
  return fulfilment
    .emissionsOf({ id: producer, value })
    .map((emission) => [...fulfilment.receivers(channel, emission)]);
};

describe('Graph', () => {
  it.each([
    ['checkout', [['payments', 'email']]],
    ['payment-events', [['shipping', 'email']]],
    ['pick-list', [['pick-items']]],
    ['shipping-events', [['email', 'tracking']]],
    ['label-requests', [['labels-express']]],
  ])('follows what %s sends through its exchange', (producer, expected) => {
    expect(received(producer)).toEqual(expected);
  });

  it('hands what no binding matches to the alternate exchange', () => {
    expect([
      ...fulfilment.receivers('labels', { message: 'x', routingKey: '', headers: { carrier: 'slow' } }),
    ]).toEqual(['unrouted.parked']);
  });

  it('ends when exchanges are bound in a circle', () => {
    const circle = graphOf(`brokerloom: 1
design: { name: x }
brokers: { w: { kind: rabbitmq } }
exchanges: { a: { broker: w, type: fanout }, b: { broker: w, type: fanout, alternateExchange: a } }
queues: { q: { broker: w } }
bindings:
  ab: { source: a, destination: b }
  ba: { source: b, destination: a }
  bq: { source: b, destination: q }
`);
    expect([...circle.receivers('a', { message: 'm', routingKey: '', headers: {} })]).toEqual(['q']);
  });

  it('knows which messages a consumer gets when it does not say', () => {
    const value = fulfilment.design.consumers.get('send-email');
    expect(value && fulfilment.messagesOf({ id: 'send-email', value })).toEqual([
      'order.created',
      'order.paid',
      'order.shipped',
    ]);
  });

  it('writes the shorthand of a queue out, and says where it comes from', () => {
    expect(fulfilment.design.queues.get('email.dlq')).toMatchObject({ role: 'dead-letter', type: 'classic' });
    expect(fulfilment.origins.get('queues/email.dlq')).toEqual({
      address: 'queues/email',
      field: 'deadLetter',
    });
    expect([...fulfilment.design.queues.keys()].filter((id) => id.startsWith('email.retry.'))).toEqual([
      'email.retry.1s',
      'email.retry.2s',
      'email.retry.4s',
      'email.retry.8s',
    ]);
    // A dead-letter queue that is drawn is not written out again.
    expect(fulfilment.origins.has('queues/payments.dlq')).toBe(false);
  });

  it('writes the shorthand of a consumer out beside that of its queue', () => {
    const graph = graphOf(`brokerloom: 1
design: { name: x }
brokers: { w: { kind: rabbitmq } }
queues: { q: { broker: w, type: classic, retry: { maxAttempts: 2 } } }
consumers: { c: { channel: q, deadLetter: true } }
`);
    expect(graph.design.queues.get('c.dlq')).toMatchObject({ role: 'dead-letter', type: 'classic' });
    expect(graph.origins.get('queues/c.dlq')).toEqual({ address: 'consumers/c', field: 'deadLetter' });
    expect(graph.design.queues.get('q.retry.1s')).toMatchObject({ role: 'retry', type: 'quorum' });
  });

  it('takes a consumer without a service for a service of its own', () => {
    expect(fulfilment.serviceOf({ id: 'lonely', value: {} })).toBe('lonely');
  });
});

describe('retry policies', () => {
  const { design } = load('brokerloom: 1\ndesign: { name: x }\n');
  if (!design) throw new Error('the text is a design');

  it('grow as they say, up to their cap', () => {
    const policy = (shape: RetryShape) => retryOf(design, shape);
    const delays = (shape: RetryShape): number[] =>
      [1, 2, 3, 4, 5].map((n) => delayOf(policy(shape) as never, n));
    expect(delays({ baseDelay: '1s', maxDelay: '5s' })).toEqual([1000, 2000, 4000, 5000, 5000]);
    expect(delays({ backoff: 'linear', baseDelay: '1s' })).toEqual([1000, 2000, 3000, 4000, 5000]);
    expect(delays({ backoff: 'fixed', baseDelay: '1s' })).toEqual([1000, 1000, 1000, 1000, 1000]);
  });

  it('have one delay queue for each distinct delay, even without end', () => {
    expect(retryTiers(retryOf(design, { maxAttempts: -1, maxDelay: '4s' }) as never)).toEqual([
      1000, 2000, 4000,
    ]);
    expect(retryTiers(retryOf(design, 'none') as never)).toEqual([]);
  });

  it('are unknown where nobody says, or where the name leads nowhere', () => {
    expect(retryOf(design, undefined)).toBeUndefined();
    expect(retryOf(design, 'nowhere')).toBeUndefined();
  });
});
