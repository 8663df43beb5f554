import { describe, expect, test } from 'vitest';
import { createAppStore } from '../../../renderer/store/store.ts';
import { exampleText } from '../../core/drawing/designs.ts';
import { MemoryHost } from './host.ts';

async function open(text: string) {
  const store = createAppStore(new MemoryHost(text).api);
  await store.getState().start();
  return () => store.getState();
}

describe('a move on the canvas', () => {
  test('changes places alone: what was worked out from the elements is kept', async () => {
    const app = await open(exampleText('naive'));
    const before = app().shown;
    app().run('element.move', { moves: [{ address: 'queues/orders', to: [640, 320] }] });
    expect(app().shown?.positions.get('queues/orders')).toEqual([640, 320]);
    expect(app().shown?.graph).toBe(before?.graph);
    expect(app().shown?.issues).toBe(before?.issues);
    app().toggleRetries();
    expect(app().shown?.scene).not.toBe(before?.scene);
  });

  test('is more than that where lines shift or an element changes with it', async () => {
    const first = `brokerloom: 1
layout: { queues/a: [0, 0] }
design: { name: x }
brokers: { mq: { kind: rabbitmq } }
queues: { a: { broker: mq } }
`;
    const app = await open(first);
    const before = app().shown;
    app().run('element.move', { moves: [{ address: 'queues/a', to: [8, 8] }] });
    expect(app().shown?.issues).not.toBe(before?.issues);
    const other = await open(exampleText('orders'));
    const issues = other().shown?.issues;
    other().run('element.set', { address: 'queues/email', field: ['maxLength'], value: 7 });
    expect(other().shown?.graph?.design.queues.get('email')?.maxLength).toBe(7);
    expect(other().shown?.issues).not.toBe(issues);
  });
});

test('what is drawn as before stays the same, although the text is another', async () => {
  const app = await open(exampleText('naive'));
  const before = app().shown;
  app().type([{ offset: 0, removed: '', inserted: '# a comment\n' }]);
  expect(app().shown?.issues[0]?.line).toBe((before?.issues[0]?.line ?? 0) + 1);
  expect(app().shown?.scene).toBe(before?.scene);
  expect(app().shown?.positions).toBe(before?.positions);
  app().run('element.set', { address: 'queues/orders', field: ['maxLength'], value: 7 });
  expect(app().shown?.scene).not.toBe(before?.scene);
});
