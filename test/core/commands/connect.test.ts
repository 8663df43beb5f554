import { expect, it } from 'vitest';
import { canConnect } from '../../../core/commands/connect.ts';
import { Session } from '../../../core/history/session.ts';
import { designText } from '../rules/tester.ts';

const text = designText(`topics:
  orders: { broker: sns }
  prices: { broker: redis }
exchanges:
  x: { broker: mq }
queues:
  billing: { broker: aws }
  mail: { broker: aws }
  mail.dlq: { broker: aws, role: dead-letter }
  jobs: { broker: mq }
streams:
  log: { broker: log }
consumers:
  ticker: {}
subscriptions:
  orders-mail: { topic: orders, endpoint: mail }
`);

it.each([
  ['topics/orders', 'queues/mail', 'subscribed to orders already'],
  ['topics/orders', 'queues/jobs', 'is on RabbitMQ'],
  ['topics/orders', 'queues/mail.dlq', 'no work queue'],
  ['topics/orders', 'streams/log', 'subscribed by queues'],
  ['topics/orders', 'consumers/ticker', 'put a queue between'],
  ['topics/prices', 'queues/jobs', 'reaches its subscribers alone'],
  ['queues/billing', 'topics/orders', 'different brokers'],
  ['exchanges/x', 'topics/orders', 'different brokers'],
] as const)('does not let %s feed %s', (from, to, reason) => {
  const { graph } = new Session(text);
  const verdict = graph && canConnect(graph, from, to);
  expect(verdict).toEqual({ ok: false, reason: expect.stringContaining(reason) });
});

it('subscribes a queue to a topic of another broker, once', () => {
  const session = new Session(text);
  const connection = { from: 'topics/orders', to: 'queues/billing' } as const;
  expect(session.run('element.connect', connection).ok).toBe(true);
  expect(session.design?.subscriptions.get('orders-billing')).toEqual({
    topic: 'orders',
    endpoint: 'billing',
  });
  expect(session.loaded.notices).toEqual([]);
  expect(session.run('element.connect', connection).ok).toBe(false);
});

it('lets a consumer listen to Pub/Sub of Redis', () => {
  const session = new Session(text);
  expect(session.run('element.connect', { from: 'topics/prices', to: 'consumers/ticker' }).ok).toBe(true);
  expect(session.design?.consumers.get('ticker')?.channel).toBe('prices');
});
