import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ArgsOf, type CommandId, commands } from '../../../core/commands/registry.ts';
import { Session } from '../../../core/history/session.ts';

const fulfilment = readFileSync('examples/fulfilment.loom.yaml', 'utf8');
const head = 'brokerloom: 1\ndesign: { name: x }\n';

type Case = {
  [C in CommandId]: readonly [
    what: string,
    id: C,
    args: ArgsOf<C>,
    text: string,
    check: (session: Session) => void,
  ];
}[CommandId];

const cases: readonly Case[] = [
  [
    'gives a new Celery the broker that can carry its tasks',
    'element.add',
    { section: 'brokers', id: 'tasks', value: { kind: 'celery' } },
    `${head}brokers: { log: { kind: kafka }, cache: { kind: redis } }\n`,
    ({ design }) =>
      expect(design?.brokers.get('tasks')).toMatchObject({ kind: 'celery', transport: 'cache' }),
  ],
  [
    'gives a note a size',
    'note.resize',
    { address: 'notes/n', at: [0, 8], width: 240, height: 120 },
    `${head}notes: { n: { text: why } }\n`,
    ({ design }) => expect(design?.layout.get('notes/n')).toEqual([0, 8, 240, 120]),
  ],
  [
    'inserts an exchange into a binding, which goes on to where it went',
    'element.insert',
    { element: 'bindings/payments-created', section: 'exchanges', at: [0, 0] },
    fulfilment,
    ({ design }) => {
      const binding = design?.bindings.get('payments-created');
      expect(binding).toMatchObject({ source: 'orders', destination: 'events', routingKey: 'order.created' });
      expect(design?.bindings.get('events-payments')).toEqual({
        source: 'events',
        destination: 'payments',
        routingKey: '#',
      });
    },
  ],
  [
    'inserts a topic between a producer and a queue of SQS',
    'element.insert',
    { element: 'producers/api', section: 'topics', at: [8, 8] },
    `${head}brokers: { aws: { kind: sqs } }\nqueues: { jobs: { broker: aws } }\nproducers: { api: { channel: jobs } }\n`,
    ({ design }) => {
      expect(design?.producers.get('api')?.channel).toBe('notifications');
      expect(design?.brokers.get('sns')).toEqual({ kind: 'sns' });
      expect(design?.subscriptions.get('notifications-jobs')).toEqual({
        topic: 'notifications',
        endpoint: 'jobs',
      });
    },
  ],
  [
    'pastes copies under free names',
    'element.paste',
    {
      elements: [{ section: 'queues', id: 'payments', value: { broker: 'work' }, at: [0, 0] }],
      shift: [8, 16],
    },
    fulfilment,
    ({ design }) => {
      expect(design?.queues.get('payments-2')).toEqual({ broker: 'work' });
      expect(design?.layout.get('queues/payments-2')).toEqual([8, 16]);
    },
  ],
  [
    'adds a queue with a broker that can hold it',
    'element.add',
    { section: 'queues' },
    head,
    ({ design }) => {
      expect(design?.queues.get('tasks')).toMatchObject({ broker: 'rabbitmq', deadLetter: true });
      expect(design?.brokers.get('rabbitmq')).toEqual({ kind: 'rabbitmq' });
    },
  ],
  [
    'adds a producer with a message to publish',
    'element.add',
    { section: 'producers', at: [40, 80] },
    head,
    ({ design }) => {
      expect(design?.producers.get('publisher')?.messages).toEqual(['publisher.created']);
      expect(design?.layout.get('producers/publisher')).toEqual([40, 80]);
    },
  ],
  [
    'finds a free name among all channels',
    'element.add',
    { section: 'queues', id: 'payments-2' },
    fulfilment,
    ({ design }) => {
      expect(design?.queues.get('payments-2')).toMatchObject({ broker: 'work' });
    },
  ],
  [
    'connects an exchange to a queue',
    'element.connect',
    { from: 'exchanges/picking', to: 'queues/email' },
    fulfilment,
    ({ design }) => {
      expect(design?.bindings.get('picking-email')).toEqual({
        source: 'picking',
        destination: 'email',
        routingKey: 'pick.requested',
      });
    },
  ],
  [
    'connects a queue to its dead-letter queue',
    'element.connect',
    { from: 'queues/email', to: 'queues/payments.dlq' },
    fulfilment,
    ({ design }) => {
      expect(design?.queues.get('email')?.deadLetter).toBe('payments.dlq');
    },
  ],
  [
    'deletes a queue and what cannot stand without it',
    'element.delete',
    { addresses: ['queues/payments'] },
    fulfilment,
    ({ design }) => {
      expect(design?.queues.has('payments')).toBe(false);
      expect(design?.bindings.has('payments-created')).toBe(false);
      expect(design?.alerts.has('payments-depth')).toBe(false);
      expect(design?.consumers.get('take-payment')?.channel).toBeUndefined();
      expect(design?.layout.has('queues/payments')).toBe(false);
    },
  ],
  [
    'deletes a producer from the lists that name it',
    'element.delete',
    { addresses: ['producers/payment-events'] },
    fulfilment,
    ({ design }) => {
      expect(design?.flows.get('notify')?.from).toEqual(['checkout', 'shipping-events']);
      expect(design?.flows.get('ship')?.from).toEqual([]);
    },
  ],
  [
    'moves elements',
    'element.move',
    {
      moves: [
        { address: 'queues/email', to: [1.4, 2] },
        { address: 'notes/new', to: [3, 4] },
      ],
    },
    fulfilment,
    ({ design }) => {
      expect(design?.layout.get('queues/email')).toEqual([1, 2]);
      expect(design?.layout.get('notes/new')).toEqual([3, 4]);
    },
  ],
  [
    'renames a queue everywhere',
    'element.rename',
    { address: 'queues/payments.dlq', to: 'payments.dead' },
    fulfilment,
    ({ design, text }) => {
      expect(text).not.toContain('payments.dlq');
      expect(design?.queues.get('payments')?.deadLetter).toMatchObject({ target: 'payments.dead' });
      expect(design?.alerts.get('payments-dead')?.target).toBe('payments.dead');
      expect(design?.layout.has('queues/payments.dead')).toBe(true);
    },
  ],
  [
    'sets a nested attribute',
    'element.set',
    { address: 'queues/payments', field: ['deadLetter', 'retention'], value: '14d' },
    fulfilment,
    ({ design }) => {
      expect(design?.queues.get('payments')?.deadLetter).toMatchObject({
        target: 'payments.dlq',
        retention: '14d',
      });
    },
  ],
  [
    'gives a message other examples',
    'message.set',
    { message: 'order.created', field: 'examples', value: [{ orderId: 'o-1' }] },
    fulfilment,
    ({ design }) => {
      expect(design?.messages.get('order.created')?.examples).toEqual([{ orderId: 'o-1' }]);
    },
  ],
  [
    'begins a new version of a message',
    'message.version',
    { message: 'order.created' },
    fulfilment,
    ({ design }) => {
      const { version, versions, schema } = design?.messages.get('order.created') ?? {};
      expect([version, versions]).toEqual([2, [{ version: 1, schema }]]);
    },
  ],
  [
    'resets an attribute',
    'element.set',
    { address: 'queues/email', field: ['maxLength'], value: undefined },
    fulfilment,
    ({ design }) => {
      expect(design?.queues.get('email')).not.toHaveProperty('maxLength');
    },
  ],
];

const run = ([, id, args, text]: Case): Session => {
  const session = new Session(text);
  const result = session.run(id, args as never);
  if (!result.ok) throw new Error(result.error.message);
  return session;
};

describe('commands', () => {
  it.each(cases)('%s', (...entry) => {
    const session = run(entry as unknown as Case);
    expect(session.loaded.problems).toEqual([]);
    entry[4](session);
  });

  it.each(cases)('do, undo, redo: %s', (...entry) => {
    const session = run(entry as unknown as Case);
    const after = session.text;
    session.undo();
    expect(session.text).toBe(entry[3]);
    session.redo();
    expect(session.text).toBe(after);
  });

  it('has a case for every command', () => {
    expect([...new Set(cases.map(([, id]) => id))].sort()).toEqual(Object.keys(commands).sort());
  });

  it.each([
    ['element.add', { section: 'queues', id: '../../x' }, 'cannot be an id'],
    ['element.add', { section: 'exchanges', id: 'payments', value: {} }, undefined],
    ['element.rename', { address: 'queues/email', to: 'orders' }, 'in exchanges already'],
    ['element.connect', { from: 'producers/checkout', to: 'consumers/send-email' }, 'need a channel'],
    ['element.connect', { from: 'exchanges/orders', to: 'consumers/send-email' }, 'keeps nothing'],
    ['element.connect', { from: 'queues/payments', to: 'queues/email' }, 'dead letters'],
    ['element.set', { address: 'queues/none', field: ['type'], value: 'quorum' }, 'There is no queues/none'],
  ] as const)('%s refuses %j', (id, args, message) => {
    const session = new Session(fulfilment);
    const result = session.run(id, args as never);
    if (message === undefined)
      return expect(session.text === fulfilment || session.loaded.problems.length > 0).toBe(true);
    expect(result).toMatchObject({ ok: false, error: { message: expect.stringContaining(message) } });
    expect(session.text).toBe(fulfilment);
  });
});
