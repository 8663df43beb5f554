import { describe, expect, test } from 'vitest';
import { sceneOf } from '../../../core/drawing/scene.ts';
import { exampleGraph, graphOf } from './designs.ts';

const small = `
brokerloom: 1
design: { name: small }
brokers:
  work: { kind: rabbitmq }
exchanges:
  events: { broker: work, type: topic, alternateExchange: lost }
  lost: { broker: work, type: fanout }
queues:
  jobs: { broker: work, deadLetter: true, retry: standard }
bindings:
  events-jobs: { source: events, destination: jobs, routingKey: "job.#" }
  lost-jobs: { source: lost, destination: jobs }
producers:
  api: { channel: events, messages: [job.made], rate: { peak: 1000/s } }
consumers:
  worker: { channel: jobs, idempotency: standard, processing: { p99: 40ms } }
`;

describe('the scene of a design', () => {
  test('draws implied dead-letter queues below their queue, and folds retry queues', () => {
    const { byAddress } = sceneOf(graphOf(small));
    expect([...byAddress.keys()]).toEqual([
      'producers/api',
      'exchanges/events',
      'exchanges/lost',
      'queues/jobs',
      'queues/jobs.dlq',
      'consumers/worker',
    ]);
    expect(byAddress.get('queues/jobs.dlq')).toMatchObject({
      shape: 'deadLetter',
      under: 'queues/jobs',
      origin: { address: 'queues/jobs', field: 'deadLetter' },
    });
    expect(byAddress.get('queues/jobs.dlq')?.size.width).toBe(byAddress.get('queues/jobs')?.size.width);
  });

  test('shows retry queues when they are unfolded, as a chain of delays from their queue', () => {
    const { nodes, links } = sceneOf(graphOf(small), true);
    const delays = nodes.filter((node) => node.origin?.field === 'retry').map((node) => node.id);
    expect(delays).toEqual(['jobs.retry.1s', 'jobs.retry.2s', 'jobs.retry.4s', 'jobs.retry.8s']);
    expect(links.filter((link) => link.kind === 'retry').map((link) => [link.from, link.to])).toEqual([
      ['queues/jobs', 'queues/jobs.retry.1s'],
      ['queues/jobs.retry.1s', 'queues/jobs.retry.2s'],
      ['queues/jobs.retry.2s', 'queues/jobs.retry.4s'],
      ['queues/jobs.retry.4s', 'queues/jobs.retry.8s'],
    ]);
    expect(nodes.filter((node) => node.shape === 'delay').map((node) => node.name)).toEqual([
      '1s',
      '2s',
      '4s',
      '8s',
    ]);
  });

  test('links what is connected and labels bindings with what they let through', () => {
    const { links } = sceneOf(graphOf(small));
    expect(links.map(({ kind, from, to, label, element }) => ({ kind, from, to, label, element }))).toEqual([
      {
        kind: 'publish',
        from: 'producers/api',
        to: 'exchanges/events',
        label: undefined,
        element: 'producers/api',
      },
      {
        kind: 'binding',
        from: 'exchanges/events',
        to: 'queues/jobs',
        label: 'job.#',
        element: 'bindings/events-jobs',
      },
      {
        kind: 'binding',
        from: 'exchanges/lost',
        to: 'queues/jobs',
        label: undefined,
        element: 'bindings/lost-jobs',
      },
      {
        kind: 'consume',
        from: 'queues/jobs',
        to: 'consumers/worker',
        label: '1,000/s',
        element: 'consumers/worker',
      },
      {
        kind: 'deadLetter',
        from: 'queues/jobs',
        to: 'queues/jobs.dlq',
        label: undefined,
        element: 'queues/jobs',
      },
      {
        kind: 'alternate',
        from: 'exchanges/events',
        to: 'exchanges/lost',
        label: undefined,
        element: 'exchanges/events',
      },
    ]);
  });

  test('says on the second line what tells an element from its like', () => {
    const facts = Object.fromEntries(sceneOf(graphOf(small)).nodes.map(({ id, facts }) => [id, facts]));
    expect(facts).toEqual({
      api: '1,000/s peak · job.made',
      events: 'topic',
      lost: 'fanout',
      jobs: 'quorum · retry 5×',
      'jobs.dlq': 'dead letters',
      worker: 'key store · p99 40ms',
    });
  });

  test('hangs the dead-letter queue of a consumer on the consumer', () => {
    const scene = sceneOf(graphOf(small.replace('idempotency: standard', 'deadLetter: true')));
    expect(scene.links.filter(({ kind }) => kind === 'deadLetter').map(({ from, to }) => [from, to])).toEqual(
      [
        ['queues/jobs', 'queues/jobs.dlq'],
        ['consumers/worker', 'queues/worker.dlq'],
      ],
    );
    expect(scene.byAddress.get('queues/worker.dlq')?.under).toBe('consumers/worker');
  });

  test('draws the dead letters of a log on the log, and those of a subscription from its topic', () => {
    const { links, byAddress } = sceneOf(
      graphOf(`brokerloom: 1
design: { name: small }
brokers: { log: { kind: kafka }, notify: { kind: sns }, work: { kind: sqs } }
topics: { news: { broker: notify } }
queues:
  inbox: { broker: work }
  lost: { broker: work }
streams: { events: { broker: log } }
subscriptions: { news-inbox: { topic: news, endpoint: inbox, deadLetter: lost } }
consumers: { count: { channel: events, deadLetter: true } }
`),
    );
    const dead = links.filter(({ kind }) => kind === 'deadLetter');
    expect(dead.map(({ element, from, to }) => [element, from, to])).toEqual([
      ['consumers/count', 'consumers/count', 'streams/count.dlq'],
      ['subscriptions/news-inbox', 'topics/news', 'queues/lost'],
    ]);
    expect(byAddress.get('streams/count.dlq')).toMatchObject({
      shape: 'deadLetter',
      under: 'streams/events',
    });
    expect(byAddress.get('queues/lost')).toMatchObject({ shape: 'deadLetter', under: 'topics/news' });
  });

  test('leaves out lines to elements that do not exist', () => {
    const text =
      'brokerloom: 1\ndesign: { name: small }\nproducers:\n  api: { channel: nowhere, messages: [] }\n';
    expect(sceneOf(graphOf(text)).links).toEqual([]);
  });

  test.each(['fulfilment', 'orders', 'naive'])('gives every element of %s room for its name', (name) => {
    for (const { shape, id, size } of sceneOf(exampleGraph(name)).nodes) {
      if (shape === 'note') continue;
      expect(size.width, id).toBeGreaterThanOrEqual(Math.min(240, id.length * 7.5 + 40));
    }
  });
});

test('a log is counted in what its broker divides it into, Pub/Sub is called so', () => {
  const graph = graphOf(`
brokerloom: 1
design: { name: logs }
brokers:
  k: { kind: kafka }
  aws: { kind: kinesis }
  r: { kind: redis }
streams:
  events: { broker: k, partitions: 1 }
  clicks: { broker: aws }
  fixed: { broker: aws, mode: provisioned, partitions: 4, retention: 7d }
  scans: { broker: r, partitions: 2, maxLen: 3000000 }
topics:
  prices: { broker: r }
`);
  const facts = Object.fromEntries(sceneOf(graph).nodes.map(({ id, facts }) => [id, facts]));
  expect(facts).toEqual({
    events: '1 partition',
    clicks: 'on-demand',
    fixed: '4 shards · 7d',
    scans: '2 keys · max 3M',
    prices: 'Pub/Sub · 0 subscribers',
  });
});
