import { beforeEach, describe, expect, test } from 'vitest';
import { Session } from '../../../core/history/session.ts';

let session: Session;
const messages = (): string[] => [...(session.design?.messages.keys() ?? [])];
const sent = (producer: string) => session.design?.producers.get(producer)?.messages;
const run = (...[id, args]: Parameters<Session['run']>): void => {
  expect(session.run(id, args)).toMatchObject({ ok: true });
};

describe('the message that a new producer brings', () => {
  beforeEach(() => {
    session = new Session('brokerloom: 1\ndesign: { name: x }\n');
    run('element.add', { section: 'producers' });
  });

  test('follows the name of the producer, so that the next one gets a name as good', () => {
    run('element.rename', { address: 'producers/publisher', to: 'checkout' });
    expect([messages(), sent('checkout')]).toEqual([['checkout.created'], ['checkout.created']]);
    run('element.add', { section: 'producers' });
    expect(messages()).toEqual(['checkout.created', 'publisher.created']);
  });

  test('goes when the producer takes the message of another instead', () => {
    run('element.add', { section: 'producers' });
    const field = ['messages'];
    run('element.set', {
      address: 'producers/publisher-2',
      field,
      value: ['publisher.created', 'publisher-2.created'],
    });
    expect(messages()).toEqual(['publisher.created', 'publisher-2.created']);
    run('element.set', { address: 'producers/publisher-2', field, value: ['publisher.created'] });
    expect(messages()).toEqual(['publisher.created']);
    session.undo();
    expect(messages()).toContain('publisher-2.created');
  });

  test('goes with the producer', () => {
    run('element.delete', { addresses: ['producers/publisher'] });
    expect(messages()).toEqual([]);
  });

  test.each([
    [
      'its author has changed it',
      () => run('element.set', { address: 'messages/publisher.created', field: ['version'], value: 2 }),
    ],
    [
      'somebody else sends it',
      () =>
        run('element.add', { section: 'producers', id: 'other', value: { messages: ['publisher.created'] } }),
    ],
    [
      'a consumer takes it',
      () =>
        run('element.add', {
          section: 'consumers',
          id: 'reader',
          value: { messages: ['publisher.created'] },
        }),
    ],
  ])('stays where and what it is once %s', (_, change) => {
    change();
    run('element.rename', { address: 'producers/publisher', to: 'checkout' });
    run('element.delete', { addresses: ['producers/checkout'] });
    expect(messages()).toEqual(['publisher.created']);
  });
});
