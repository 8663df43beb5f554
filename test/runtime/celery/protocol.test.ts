import { describe, expect, it } from 'vitest';
import { fromTask, schedule, toTask } from '../../../runtime/celery/protocol.ts';
import { fromEntry, listOf, toEntry } from '../../../runtime/celery/redis/lists.ts';

const message = {
  body: Buffer.from('{"orderId":"ž 1.0"}'),
  headers: { tenant: 't', 'loom-event-id': 'e-1' },
  properties: { messageId: 'e-1', type: 'order.created', correlationId: 'c-1', persistent: true },
};

describe('a task', () => {
  it('has the body as its only argument, the type as its name and the event id as its id', () => {
    const { body, headers } = toTask(message);
    const [args, kwargs] = JSON.parse(Buffer.from(body).toString());
    expect([args, kwargs]).toEqual([[{ orderId: 'ž 1.0' }], {}]);
    expect(headers).toMatchObject({
      task: 'order.created',
      id: 'e-1',
      root_id: 'e-1',
      eta: null,
      tenant: 't',
    });
  });

  it.each(['{"orderId":"ž 1.0"}', '', '{ "cut', '[]', '1.0'])(
    'gives the body %j back byte for byte',
    (text) => {
      const there = { ...message, body: Buffer.from(text) };
      const back = fromTask(fromEntry(Buffer.from(toEntry('q', toTask(there)))));
      expect(Buffer.from(back.body).toString()).toBe(text);
      expect(back.headers).toEqual(message.headers);
      expect(back.properties).toMatchObject({
        messageId: 'e-1',
        type: 'order.created',
        correlationId: 'c-1',
      });
    },
  );

  it.each(['[[1, 2], {}, {}]', 'no task'])('of another program keeps its body %j, there and back', (text) => {
    const foreign = {
      body: Buffer.from(text),
      headers: { task: 'x', id: 'i' },
      properties: { persistent: true },
    };
    const read = fromTask(foreign);
    expect(Buffer.from(read.body).toString()).toBe(text);
    expect(Buffer.from(toTask(read).body).toString()).toBe(text);
    expect(toTask(read).headers).not.toHaveProperty('celery-raw-body');
  });
});

describe('a schedule', () => {
  it('becomes fields of the protocol, and no header of the application', () => {
    const due = new Date('2026-01-02T03:04:05Z');
    const headers = schedule({ eta: due, expires: due, priority: 7 });
    const task = toTask({ ...message, headers });
    expect(task.headers).toMatchObject({ eta: due.toISOString(), expires: due.toISOString() });
    expect(task.properties.priority).toBe(7);
    expect(Object.keys(task.headers).filter((name) => name.startsWith('celery-'))).toEqual([]);
  });

  it.each([-1, 10, 1.5])('refuses the priority %d', (priority) => {
    expect(() => schedule({ priority })).toThrow('whole number from 0 to 9');
  });

  it('refuses an eta beside a countdown', () => {
    expect(() => schedule({ eta: new Date(), countdownMs: 1 })).toThrow('not both');
  });
});

it.each([
  [0, 'q'],
  [2, 'q'],
  [3, 'q\x06\x163'],
  [8, 'q\x06\x166'],
  [9, 'q\x06\x169'],
])('tasks of the priority %d are in the list of their step, as kombu names it', (priority, name) => {
  expect(listOf('q', priority)).toBe(name);
});

it.each(['no JSON', '[]', 'null'])('the entry %j of another program is a body without headers', (text) => {
  expect(fromEntry(Buffer.from(text))).toEqual({
    body: Buffer.from(text),
    headers: {},
    properties: { persistent: true },
  });
});
