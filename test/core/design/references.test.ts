import { describe, expect, it } from 'vitest';
import { references } from '../../../core/design/references.ts';
import { Session } from '../../../core/history/session.ts';
import { load } from '../../../core/text/load.ts';
import { designText } from '../rules/tester.ts';

const aws = `topics:
  orders: { broker: sns }
queues:
  billing: { broker: aws }
  billing.dlq: { broker: aws, role: dead-letter }
subscriptions:
  orders-billing: { topic: orders, endpoint: billing, deadLetter: billing.dlq }
  orders-audit: { topic: orders, endpoint: "https://audit.example/in", protocol: http }
  orders-function: { topic: orders, endpoint: "arn:aws:lambda:eu-central-1:1:function:f", protocol: lambda }
`;
const rabbit = `exchanges:
  lost: { broker: mq, type: fanout }
queues:
  q: { broker: mq, deadLetter: { exchange: lost, target: q.dead } }
  q.dead: { broker: mq, role: dead-letter }
`;

const found = (sections: string): string[] => {
  const { design } = load(designText(sections));
  if (!design) throw new Error('not a design');
  return [...references(design)].map(({ path, to, id }) => `${path.join('.')} ${to} ${id}`);
};

describe('references', () => {
  it('reach into objects', () => {
    expect(found(rabbit)).toContain('queues.q.deadLetter.exchange exchanges lost');
    expect(found(rabbit)).toContain('queues.q.deadLetter.target queues q.dead');
  });

  it('reach into the objects of a list', () => {
    expect(
      found(
        `${rabbit}services:\n  shop: { permissions: [{ channel: q, may: read }, { channel: lost, may: write }] }\n`,
      ),
    ).toContain('services.shop.permissions.1.channel channels lost');
  });

  it('leave out what names something outside the design', () => {
    expect(found(aws).filter((name) => name.includes('endpoint'))).toEqual([
      'subscriptions.orders-billing.endpoint queues billing',
    ]);
  });

  it('are checked, but for the dead-letter exchange, which a rule repairs', () => {
    const { notices } = load(
      designText(
        'queues:\n  q: { broker: mq, deadLetter: { exchange: gone } }\nsubscriptions:\n  s: { topic: gone, endpoint: gone }\n',
      ),
    );
    expect(notices.map(({ id, at, field }) => `${id} ${at} ${field}`)).toEqual([
      'document/unknown-reference subscriptions/s topic',
      'document/unknown-reference subscriptions/s endpoint',
    ]);
  });
});

const edited = (text: string, run: (session: Session) => unknown): Session => {
  const session = new Session(designText(text));
  run(session);
  expect(session.loaded.problems).toEqual([]);
  expect(session.loaded.notices).toEqual([]);
  return session;
};

describe('commands', () => {
  it('rename a topic and a queue in their subscriptions, and those that are called by them', () => {
    const { design } = edited(aws, (session) => {
      session.run('element.rename', { address: 'topics/orders', to: 'order-events' });
      session.run('element.rename', { address: 'queues/billing', to: 'invoices' });
    });
    expect(design?.subscriptions.get('order-events-invoices')).toMatchObject({
      topic: 'order-events',
      endpoint: 'invoices',
    });
  });

  it('rename a dead-letter exchange', () => {
    const { design } = edited(rabbit, (session) =>
      session.run('element.rename', { address: 'exchanges/lost', to: 'dlx' }),
    );
    expect(design?.queues.get('q')?.deadLetter).toEqual({ exchange: 'dlx', target: 'q.dead' });
  });

  it('rename a queue whose dead-letter queue, which shorthand implies, is watched by an alert', () => {
    const { design } = edited(
      'queues:\n  jobs: { broker: mq, deadLetter: true }\nalerts:\n  dead: { target: jobs.dlq, metric: dlq-depth }\n',
      (session) => session.run('element.rename', { address: 'queues/jobs', to: 'tasks' }),
    );
    expect(design?.alerts.get('dead')?.target).toBe('tasks.dlq');
  });

  it('delete the subscriptions of a queue or topic, and keep the others', () => {
    const queue = edited(aws, (session) => session.run('element.delete', { addresses: ['queues/billing'] }));
    expect([...(queue.design?.subscriptions.keys() ?? [])]).toEqual(['orders-audit', 'orders-function']);
    const topic = edited(aws, (session) => session.run('element.delete', { addresses: ['topics/orders'] }));
    expect(topic.design?.subscriptions.size).toBe(0);
    const dead = edited(aws, (session) =>
      session.run('element.delete', { addresses: ['queues/billing.dlq'] }),
    );
    expect(dead.design?.subscriptions.get('orders-billing')).toEqual({
      topic: 'orders',
      endpoint: 'billing',
    });
  });
});
